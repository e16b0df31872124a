// SPDX-License-Identifier: Apache-2.0
#include "tree.h"

#include <signal.h>
#include <unistd.h>

#include "process_table.h"

// Rounds of stopping before the kill. A tree that forks faster than it can be stopped is killed all
// the same, in the next call's rounds.
enum { STOP_ROUNDS = 8 };

static bool runs(const struct process *process) {
    return process->descendant && process->state != 'Z' && process->state != 'X';
}

void tree_terminate(bool pid_namespace) {
    if (pid_namespace) {
        kill(-1, SIGTERM);
        kill(-1, SIGCONT);
        return;
    }
    size_t count;
    const struct process *table = process_table_read(&count);
    for (size_t index = 0; index < count; index++) {
        if (!runs(&table[index])) continue;
        kill(table[index].pid, SIGTERM);
        kill(table[index].pid, SIGCONT);
    }
}

// Signals every descendant that isn't yet what the signal makes of it, and returns whether there was
// one. A signal to a group reaches all its members in one instant, also one that is just being
// forked. Every group of a descendant holds descendants alone, because a group never leaves its
// session and these sessions were made below the host; except the host's own, which a descendant
// may have joined.
static bool round_of(int number) {
    size_t count;
    const struct process *table = process_table_read(&count);
    pid_t own_group = getpgrp();
    pid_t last_group = own_group;
    bool any = false;
    for (size_t index = 0; index < count; index++) {
        if (!runs(&table[index])) continue;
        if (number == SIGSTOP && table[index].state == 'T') continue;
        any = true;
        if (table[index].group != own_group && table[index].group != last_group) {
            last_group = table[index].group;
            kill(-last_group, number);
        }
        kill(table[index].pid, number);
    }
    return any;
}

void tree_kill(bool pid_namespace) {
    if (pid_namespace) {
        kill(-1, SIGKILL);
        return;
    }
    // Enough for nearly every tree, a fork bomb in one group included.
    if (!round_of(SIGKILL)) return;
    // What came into being meanwhile, in new groups, must not fork while the others are killed.
    for (int round = 0; round < STOP_ROUNDS && round_of(SIGSTOP); round++) continue;
    round_of(SIGKILL);
}
