// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdbool.h>

#include "options.h"

// Blocks every signal; the supervisor reads those that concern it from a descriptor. So no signal
// but KILL and STOP can end or hinder the host, whatever the agent sends to its parent.
void supervisor_block_signals(void);

// Starts the agent and returns when it and all of its descendants are gone. On the way it reports
// what happened and obeys the control channel. `outer_proc` is the worker's /proc when the caller
// is PID 1 of a namespace, otherwise -1; it is closed here.
void supervise(const struct options *options, int outer_proc);

// Puts /dev/null in place of the standard streams, so that the agent's pipes end with the agent.
void release_standard_streams(void);
