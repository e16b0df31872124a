// SPDX-License-Identifier: Apache-2.0
#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

// What was received and is not yet a whole line. No command is longer than this.
static char pending[64];
static size_t pending_length;

bool control_open(void) {
    int type = 0;
    socklen_t length = sizeof type;
    if (getsockopt(CONTROL_DESCRIPTOR, SOL_SOCKET, SO_TYPE, &type, &length) != 0) return false;
    if (type != SOCK_STREAM) return false;
    return fcntl(CONTROL_DESCRIPTOR, F_SETFD, FD_CLOEXEC) == 0;
}

void control_report(const char *format, ...) {
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line - 1, format, arguments);
    va_end(arguments);
    if (length < 0) return;
    if ((size_t)length > sizeof line - 2) length = (int)sizeof line - 2;
    line[length] = '\n';
    ssize_t sent;
    do {
        sent = send(CONTROL_DESCRIPTOR, line, (size_t)length + 1, MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
}

static enum control_command command_of(const char *line) {
    if (strcmp(line, "interrupt") == 0) return CONTROL_INTERRUPT;
    if (strcmp(line, "term") == 0) return CONTROL_TERMINATE;
    if (strcmp(line, "kill") == 0) return CONTROL_KILL;
    return CONTROL_NONE;
}

// Takes the first whole line out of `pending`. An unknown line is passed over, so that a newer
// worker can be understood as far as possible.
static enum control_command take_line(void) {
    char *end;
    while ((end = memchr(pending, '\n', pending_length)) != NULL) {
        *end = '\0';
        enum control_command command = command_of(pending);
        size_t taken = (size_t)(end - pending) + 1;
        memmove(pending, pending + taken, pending_length - taken);
        pending_length -= taken;
        if (command != CONTROL_NONE) return command;
    }
    return CONTROL_NONE;
}

enum control_command control_next(void) {
    for (;;) {
        enum control_command command = take_line();
        if (command != CONTROL_NONE) return command;
        if (pending_length == sizeof pending) pending_length = 0;
        ssize_t count = recv(CONTROL_DESCRIPTOR, pending + pending_length,
                             sizeof pending - pending_length, MSG_DONTWAIT);
        if (count > 0) {
            pending_length += (size_t)count;
        } else if (count == 0) {
            return CONTROL_CLOSED;
        } else if (errno == EAGAIN) {
            return CONTROL_NONE;
        } else if (errno != EINTR) {
            return CONTROL_CLOSED;
        }
    }
}
