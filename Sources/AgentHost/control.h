// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdbool.h>

// The channel to the worker: one end of a stream socket pair, inherited as descriptor 3. Lines of
// text both ways. The host says, in this order and each at most once,
//
//     started PID SESSION namespace|tree
//     failed ERRNO STAGE MESSAGE              (instead of started)
//     exited CODE | signaled SIGNAL           (never after failed)
//     gone                                    (no descendant is left)
//
// and hears `interrupt`, `term` and `kill`. The worker's end being closed, by whatever death of the
// worker, means `term`.
enum { CONTROL_DESCRIPTOR = 3 };

enum control_command {
    CONTROL_NONE,
    CONTROL_INTERRUPT,
    CONTROL_TERMINATE,
    CONTROL_KILL,
    CONTROL_CLOSED,
};

// Whether descriptor 3 is a stream socket; makes it close on exec, so that the agent never has it.
bool control_open(void);

// Sends one line. Never blocks: what the host says in its whole life fits into a socket's buffer
// many times over, and a line for a worker that has gone is of no use to anybody.
void control_report(const char *format, ...) __attribute__((format(printf, 1, 2)));

// The next command that has arrived; CONTROL_NONE when there is none for now.
enum control_command control_next(void);
