// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

// Makes a child that is PID 1 of a new PID namespace with a /proc of its own, which only it and its
// descendants see. The kernel kills all of them, at once and without exception, when it ends; and it
// is killed when the caller ends, so that not even a KILL of the host leaves anything behind.
//
// Returns in both: the child's pid in the caller, 0 in the child, where `outer_proc` is set to the
// caller's /proc. -1 in the caller when the machine does not permit it; then nothing has changed.
//
// Needs the right to administer the system, or else a user namespace, in which the user keeps their
// number and all files of other users appear to belong to nobody.
pid_t namespace_start(int *outer_proc);
