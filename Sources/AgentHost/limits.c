// SPDX-License-Identifier: Apache-2.0
#include "limits.h"

#include <errno.h>

static const __rlimit_resource_t resources[LIMIT_COUNT] = {
    [LIMIT_CPU_SECONDS] = RLIMIT_CPU,   [LIMIT_ADDRESS_SPACE] = RLIMIT_AS,
    [LIMIT_OPEN_FILES] = RLIMIT_NOFILE, [LIMIT_PROCESSES] = RLIMIT_NPROC,
    [LIMIT_FILE_SIZE] = RLIMIT_FSIZE,
};

// A process that catches SIGXCPU has this long to finish before the kernel kills it.
static const rlim_t cpu_seconds_to_finish = 5;

static int lower(__rlimit_resource_t resource, rlim_t soft, rlim_t hard) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) return errno;
    if (hard < limit.rlim_max) limit.rlim_max = hard;
    limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;
    return setrlimit(resource, &limit) == 0 ? 0 : errno;
}

int limits_apply(const struct limits *limits) {
    int error = lower(RLIMIT_CORE, 0, 0);
    for (int limit = 0; limit < LIMIT_COUNT && error == 0; limit++) {
        rlim_t value = limits->values[limit];
        if (value == RLIM_INFINITY) continue;
        rlim_t hard = limit == LIMIT_CPU_SECONDS ? value + cpu_seconds_to_finish : value;
        error = lower(resources[limit], value, hard);
    }
    return error;
}
