// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct process {
    pid_t pid;
    pid_t parent;
    pid_t group;
    char state;       // as in /proc/PID/stat: R, S, D, T (stopped), t (traced), Z (zombie), …
    bool descendant;  // of the calling process
};

// Reads all of /proc and marks the descendants. The result is valid until the next call; its length
// goes to `count`, 0 when /proc can't be read.
const struct process *process_table_read(size_t *count);
