// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdbool.h>
#include <sys/types.h>

// All descendants of the calling process, which is either a sub-reaper or PID 1 of a namespace. So
// whatever its descendants do (double fork, sessions of their own), none leaves the tree, and the
// tree is empty exactly when the caller has no child left.

// Sends TERM to every descendant, and wakes those that are stopped so that they can act on it.
void tree_terminate(bool pid_namespace);

// Kills every descendant that it can find. To be repeated until the tree is empty: without a
// namespace there is no way to stop all of them in one instant.
void tree_kill(bool pid_namespace);
