// SPDX-License-Identifier: Apache-2.0
#include "execute.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// A file that was just written is busy for as long as some other process, forked by the writer at
// that very moment, has not yet executed its own program. That passes within milliseconds.
enum { BUSY_TRIES = 100, BUSY_PAUSE_MS = 10 };

static int execute_file(const char *path, char **command, const char **stage) {
    int error = ETXTBSY;
    for (int try = 0; try < BUSY_TRIES && error == ETXTBSY; try++) {
        if (try > 0) poll(NULL, 0, BUSY_PAUSE_MS);
        execve(path, command, environ);
        error = errno;
    }
    // The file is there, so what the kernel did not find is the program on its `#!` line, or the
    // loader.
    if (error == ENOENT && access(path, F_OK) == 0) *stage = "interpreter";
    return error;
}

// Whether a search goes on after this error, as in every shell.
static bool goes_on(int error) {
    return error == ENOENT || error == ENOTDIR || error == EACCES || error == ENAMETOOLONG ||
           error == ELOOP;
}

int execute(char **command, const char **stage) {
    if (strchr(command[0], '/') != NULL) return execute_file(command[0], command, stage);
    if (command[0][0] == '\0') return ENOENT;
    const char *element = getenv("PATH");
    if (element == NULL) element = "/usr/local/bin:/usr/bin:/bin";
    int result = ENOENT;
    while (*element != '\0') {
        int length = (int)strcspn(element, ":");
        char path[PATH_MAX];
        int needed = snprintf(path, sizeof path, "%.*s/%s", length, element, command[0]);
        if (*element == '/' && needed > 0 && (size_t)needed < sizeof path) {
            int error = execute_file(path, command, stage);
            if (!goes_on(error) || strcmp(*stage, "interpreter") == 0) return error;
            if (error == EACCES) result = EACCES;
        }
        element += length;
        if (*element == ':') element++;
    }
    return result;
}
