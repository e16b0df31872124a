// SPDX-License-Identifier: Apache-2.0
#include "CProcesses.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

int tlao_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC);
}

int tlao_event(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}
