// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "limits.h"

struct options {
    const char *working_directory;  // NULL: the host's own
    int64_t terminate_grace_ms;     // from TERM to KILL
    int64_t leftover_grace_ms;      // the same for what an agent that has ended left behind
    bool pid_namespace;
    struct limits limits;
    char **command;  // ends with NULL
};

// Reads `[OPTION VALUE]… -- COMMAND [ARGUMENT]…`. Prints to standard error what is wrong.
bool options_parse(int count, char **arguments, struct options *options);
