// SPDX-License-Identifier: Apache-2.0
#include "process_table.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Grows to what the machine needs and is kept: a kill under pressure must not start by allocating.
static struct process *table;
static size_t capacity;

// Makes room for one more. Without memory the processes beyond the capacity are left to a later
// pass, when those found before them are gone.
static bool has_room(size_t used) {
    if (used < capacity) return true;
    size_t larger = capacity == 0 ? 1024 : capacity * 2;
    struct process *moved = realloc(table, larger * sizeof *table);
    if (moved == NULL) return false;
    table = moved;
    capacity = larger;
    return true;
}

// The second field of stat is a name in parentheses that may itself hold spaces and parentheses:
// what counts begins after the last one.
static bool read_process(int proc, const char *name, struct process *process) {
    char path[32];
    char text[1024];
    snprintf(path, sizeof path, "%.20s/stat", name);
    int descriptor = openat(proc, path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    ssize_t length = read(descriptor, text, sizeof text - 1);
    close(descriptor);
    if (length <= 0) return false;
    text[length] = '\0';
    const char *rest = strrchr(text, ')');
    *process = (struct process){.pid = (pid_t)strtol(name, NULL, 10)};
    return rest != NULL && sscanf(rest + 1, " %c %d %d", &process->state, &process->parent,
                                  &process->group) == 3;
}

static int by_pid(const void *left, const void *right) {
    pid_t a = ((const struct process *)left)->pid;
    pid_t b = ((const struct process *)right)->pid;
    return (a > b) - (a < b);
}

// Children mostly have higher numbers than their parents, so one round over the sorted table finds
// nearly all of them, and a second confirms it.
static void mark_descendants(size_t count) {
    pid_t self = getpid();
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t index = 0; index < count; index++) {
            struct process *process = &table[index];
            if (process->descendant) continue;
            const struct process key = {.pid = process->parent};
            const struct process *parent = bsearch(&key, table, count, sizeof *table, by_pid);
            if (process->parent == self || (parent != NULL && parent->descendant)) {
                process->descendant = true;
                changed = true;
            }
        }
    }
}

const struct process *process_table_read(size_t *count) {
    *count = 0;
    DIR *directory = opendir("/proc");
    if (directory == NULL) return table;
    const struct dirent *entry;
    while ((entry = readdir(directory)) != NULL && has_room(*count)) {
        if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
        if (read_process(dirfd(directory), entry->d_name, &table[*count])) ++*count;
    }
    closedir(directory);
    if (*count > 0) qsort(table, *count, sizeof *table, by_pid);
    mark_descendants(*count);
    return table;
}
