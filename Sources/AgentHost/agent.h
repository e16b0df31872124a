// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "options.h"

struct agent {
    pid_t pid;
    int start_pipe;     // read end of where the child says how it is getting on; -1 once closed
    pid_t outer_pid;    // the pid as the worker sees it; 0 until the child has said it
    bool failed;        // the command was not started; `failed` was reported
};

// Forks the agent into a process group of its own: its limits, working directory, signals and
// descriptors are set and the command is executed, without a shell. Reports `failed` itself when
// there can be no child. `outer_proc` is the worker's /proc, or -1 when it is the host's own.
bool agent_start(const struct options *options, int outer_proc, struct agent *agent);

// Reads what the child has said so far, without waiting, and reports `failed` when it is that. True
// once it is certain how the start ended; from then on `start_pipe` is -1.
bool agent_read_start(struct agent *agent);

// The calling process's pid as seen in `outer_proc`, or simply its pid when that is -1.
pid_t agent_outer_pid(int outer_proc);
