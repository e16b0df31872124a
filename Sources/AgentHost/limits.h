// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/resource.h>

enum limit { LIMIT_CPU_SECONDS, LIMIT_ADDRESS_SPACE, LIMIT_OPEN_FILES, LIMIT_PROCESSES, LIMIT_FILE_SIZE,
             LIMIT_COUNT };

// RLIM_INFINITY: nothing is changed.
struct limits {
    rlim_t values[LIMIT_COUNT];
};

// Limits the calling process and all that it starts. A value above what the host itself may have is
// lowered to that. Core files are always off: they would hold the agent's secrets. Returns 0 or an
// errno.
//
// RLIMIT_NPROC counts all processes of the user, and the kernel never applies it to root.
int limits_apply(const struct limits *limits);
