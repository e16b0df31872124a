// SPDX-License-Identifier: Apache-2.0

// The agent's parent. It starts one command, follows it, and sees to it that nothing of it outlives
// the worker: as PID 1 of a PID namespace where the machine permits that, else as the reaper of all
// that the command leaves behind.
//
//     worker ── control socket ──┬── tlao-agent-host ── agent ── …
//                                └── tlao-agent-host ── PID 1 ── agent ── …   (with a namespace)
//
// What it can't do without a namespace: should the host itself be killed, by `kill -9` or by an
// agent of the same user, only the agent dies with it, not the agent's children; the worker then
// ends the session that they are in.

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "control.h"
#include "namespace.h"
#include "options.h"
#include "supervisor.h"

// What the worker had open without closing it on exec: the agent gets none of it, and neither does
// the host.
static void close_inherited(void) {
    unsigned int first = CONTROL_DESCRIPTOR + 1;
    if (close_range(first, ~0U, 0) == 0) return;
    // Kernels before 5.9.
    struct rlimit limit = {.rlim_cur = 65536};
    getrlimit(RLIMIT_NOFILE, &limit);
    for (rlim_t descriptor = first; descriptor < limit.rlim_cur; descriptor++) {
        close((int)descriptor);
    }
}

// Away from the worker's terminal and process group. False when the caller made the host leader of
// a group: then there can be no session.
static bool make_session(void) {
    return setsid() >= 0 || getsid(0) == getpid();
}

static bool prepare(void) {
    supervisor_block_signals();
    close_inherited();
    umask(S_IWGRP | S_IWOTH);
    if (!make_session()) return false;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0;
}

// Keeps other processes of the user out of the host's memory and descriptors, the control socket
// before all. Not earlier: /proc/PID/uid_map of such a process can't be written.
static void shield(void) {
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

// The outer host's whole work: to pass on a TERM, and to see PID 1 end.
static void follow(pid_t init) {
    sigset_t concerning;
    sigemptyset(&concerning);
    sigaddset(&concerning, SIGCHLD);
    sigaddset(&concerning, SIGTERM);
    sigaddset(&concerning, SIGINT);
    sigaddset(&concerning, SIGHUP);
    for (;;) {
        // Before the wait: the child may already be gone.
        pid_t ended = waitpid(init, NULL, WNOHANG);
        if (ended == init || (ended < 0 && errno == ECHILD)) return;
        int number = sigwaitinfo(&concerning, NULL);
        if (number > 0 && number != SIGCHLD) kill(init, SIGTERM);
    }
}

static void host(const struct options *options) {
    int outer_proc = -1;
    pid_t init = options->pid_namespace ? namespace_start(&outer_proc) : -1;
    shield();
    if (init > 0) {
        release_standard_streams();
        follow(init);
    } else if (init == 0) {
        // A session inside the namespace: one from outside has no number there.
        make_session();
        supervise(options, outer_proc);
        _exit(EX_OK);
    } else {
        supervise(options, -1);
    }
}

int main(int count, char **arguments) {
    struct options options;
    if (!options_parse(count, arguments, &options)) return EX_USAGE;
    if (!control_open()) {
        fputs("tlao-agent-host: descriptor 3 is not a control socket\n", stderr);
        return EX_USAGE;
    }
    if (prepare()) {
        host(&options);
    } else {
        control_report("failed %d session the host could not be set up", errno);
    }
    control_report("gone");
    return EX_OK;
}
