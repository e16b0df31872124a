// SPDX-License-Identifier: Apache-2.0
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORKING_DIRECTORY = LIMIT_COUNT, TERMINATE_GRACE, LEFTOVER_GRACE, PID_NAMESPACE };

// A limit's option has the limit as its value, so that it needs no case of its own below.
static const struct option known[] = {
    {"cpu-seconds", required_argument, NULL, LIMIT_CPU_SECONDS},
    {"address-space", required_argument, NULL, LIMIT_ADDRESS_SPACE},
    {"open-files", required_argument, NULL, LIMIT_OPEN_FILES},
    {"processes", required_argument, NULL, LIMIT_PROCESSES},
    {"file-size", required_argument, NULL, LIMIT_FILE_SIZE},
    {"working-directory", required_argument, NULL, WORKING_DIRECTORY},
    {"terminate-grace-ms", required_argument, NULL, TERMINATE_GRACE},
    {"leftover-grace-ms", required_argument, NULL, LEFTOVER_GRACE},
    {"pid-namespace", no_argument, NULL, PID_NAMESPACE},
    {NULL, 0, NULL, 0},
};

// Bounded so that neither a time in milliseconds nor a limit plus its grace can overflow.
static bool number(const char *text, int64_t *value) {
    char *end = NULL;
    errno = 0;
    long long parsed = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0') return false;
    if (parsed < 0 || parsed > INT64_MAX / 4) return false;
    *value = parsed;
    return true;
}

static bool apply(int option, const char *text, struct options *options) {
    int64_t value = 0;
    switch (option) {
    case WORKING_DIRECTORY:
        options->working_directory = text;
        return true;
    case PID_NAMESPACE:
        options->pid_namespace = true;
        return true;
    case TERMINATE_GRACE:
        return number(text, &options->terminate_grace_ms);
    case LEFTOVER_GRACE:
        return number(text, &options->leftover_grace_ms);
    default:
        if (option < 0 || option >= LIMIT_COUNT || !number(text, &value)) return false;
        options->limits.values[option] = (rlim_t)value;
        return true;
    }
}

static bool usage(void) {
    fputs("usage: tlao-agent-host [OPTION VALUE]... -- COMMAND [ARGUMENT]...\n"
          "Started by a worker, with its control socket as descriptor 3. Options:\n",
          stderr);
    for (const struct option *option = known; option->name != NULL; option++) {
        fprintf(stderr, "  --%s\n", option->name);
    }
    return false;
}

bool options_parse(int count, char **arguments, struct options *options) {
    *options = (struct options){.terminate_grace_ms = 3000, .leftover_grace_ms = 1000};
    for (int limit = 0; limit < LIMIT_COUNT; limit++) options->limits.values[limit] = RLIM_INFINITY;
    int option;
    // "+" stops at the first word that is no option: the agent's own options are not the host's.
    while ((option = getopt_long(count, arguments, "+", known, NULL)) != -1) {
        if (!apply(option, optarg, options)) return usage();
    }
    options->command = arguments + optind;
    if (optind < 2 || strcmp(arguments[optind - 1], "--") != 0) return usage();
    return *options->command != NULL || usage();
}
