// SPDX-License-Identifier: Apache-2.0
#pragma once

// The system calls that Swift's Glibc module does not show, because its headers hide them.

// pipe2(2) with O_CLOEXEC.
int tlao_pipe(int ends[2]);

// eventfd(2) from zero, with EFD_CLOEXEC and EFD_NONBLOCK.
int tlao_event(void);
