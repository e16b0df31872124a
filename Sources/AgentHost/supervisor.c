// SPDX-License-Identifier: Apache-2.0
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "agent.h"
#include "control.h"
#include "tree.h"

enum phase { RUNNING, TERMINATING, KILLING };

enum { FIRST_KILL_PAUSE_MS = 5, LAST_KILL_PAUSE_MS = 250 };

// How many of the dead are reaped before the host looks up again: a fork bomb leaves dead faster
// than they can be reaped.
enum { REAPED_AT_ONCE = 64 };

static const int64_t never = INT64_MAX;

struct supervisor {
    const struct options *options;
    struct agent agent;
    bool pid_namespace;
    bool control_closed;
    bool started_reported;
    enum phase phase;
    int64_t deadline;    // when this phase goes on to the next, or kills once more
    int64_t kill_pause;  // until then, doubled each time
    bool more_to_reap;
    int signals;
    pid_t session;       // as the worker sees it
};

static int64_t now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void supervisor_block_signals(void) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    // The worker may have ignored it, which would be inherited and make the kernel reap for us.
    signal(SIGCHLD, SIG_DFL);
}

void release_standard_streams(void) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        if (null < 0 || dup2(null, stream) < 0) close(stream);
    }
    if (null > STDERR_FILENO) close(null);
}

// Ending a fork bomb takes a look at thousands of processes, each of which wants the processor as
// much as the host does. Without the right to this, the limit on processes has to keep them few.
static void take_precedence(void) {
    const struct sched_param lowest = {.sched_priority = 1};
    if (sched_setscheduler(0, SCHED_FIFO, &lowest) != 0) setpriority(PRIO_PROCESS, 0, -20);
}

// A phase never goes back: a TERM after a KILL changes nothing, a second TERM does not start the
// grace again.
static void terminate(struct supervisor *host, int64_t grace) {
    if (host->phase != RUNNING) return;
    host->phase = TERMINATING;
    take_precedence();
    host->deadline = now_ms() + grace;
    tree_terminate(host->pid_namespace);
}

static void begin_kill(struct supervisor *host) {
    if (host->phase == KILLING) return;
    host->phase = KILLING;
    take_precedence();
    // At once and without a look at /proc, as long as the number is certainly the agent's.
    if (host->agent.pid > 0) kill(-host->agent.pid, SIGKILL);
    host->kill_pause = FIRST_KILL_PAUSE_MS;
    host->deadline = now_ms();
}

static void obey_deadline(struct supervisor *host) {
    if (now_ms() < host->deadline) return;
    begin_kill(host);
    tree_kill(host->pid_namespace);
    host->deadline = now_ms() + host->kill_pause;
    host->kill_pause *= 2;
    if (host->kill_pause > LAST_KILL_PAUSE_MS) host->kill_pause = LAST_KILL_PAUSE_MS;
}

static void report_start(struct supervisor *host) {
    if (host->started_reported || !agent_read_start(&host->agent)) return;
    host->started_reported = true;
    if (host->agent.failed) return;
    control_report("started %d %d %s", host->agent.outer_pid, host->session,
                   host->pid_namespace ? "namespace" : "tree");
}

static void agent_ended(struct supervisor *host, int status) {
    report_start(host);  // Certain by now: the pipe ended with the agent at the latest.
    if (!host->agent.failed && WIFSIGNALED(status)) {
        control_report("signaled %d", WTERMSIG(status));
    } else if (!host->agent.failed) {
        control_report("exited %d", WEXITSTATUS(status));
    }
}

// Reaps what has ended. Returns false when no child is left, that is, no descendant at all.
static bool reap(struct supervisor *host) {
    for (int count = 0; count < REAPED_AT_ONCE; count++) {
        int status = 0;
        // __WALL: a child made by clone(2) may have another death signal than SIGCHLD.
        pid_t pid = waitpid(-1, &status, WNOHANG | __WALL);
        host->more_to_reap = pid != 0;
        if (pid == 0) return true;
        if (pid < 0 && errno == EINTR) continue;
        if (pid < 0) return false;
        if (pid != host->agent.pid) continue;
        agent_ended(host, status);
        host->agent.pid = -1;
    }
    return true;
}

static void obey_control(struct supervisor *host) {
    for (;;) {
        switch (control_next()) {
        case CONTROL_NONE:
            return;
        case CONTROL_INTERRUPT:
            if (host->agent.pid > 0) kill(-host->agent.pid, SIGINT);
            break;
        case CONTROL_TERMINATE:
            terminate(host, host->options->terminate_grace_ms);
            break;
        case CONTROL_KILL:
            begin_kill(host);
            break;
        case CONTROL_CLOSED:
            host->control_closed = true;
            terminate(host, host->options->terminate_grace_ms);
            return;
        }
    }
}

static void obey_signals(struct supervisor *host) {
    struct signalfd_siginfo signal;
    while (read(host->signals, &signal, sizeof signal) == (ssize_t)sizeof signal) {
        if (signal.ssi_signo != SIGCHLD) terminate(host, host->options->terminate_grace_ms);
    }
}

static void wait_for_something(struct supervisor *host) {
    struct pollfd polled[] = {
        {.fd = host->signals, .events = POLLIN},
        {.fd = host->control_closed ? -1 : CONTROL_DESCRIPTOR, .events = POLLIN},
        {.fd = host->agent.start_pipe, .events = POLLIN},
    };
    int timeout = -1;
    if (host->more_to_reap) {
        timeout = 0;
    } else if (host->deadline != never) {
        int64_t left = host->deadline - now_ms();
        timeout = left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
    }
    poll(polled, sizeof polled / sizeof *polled, timeout);
    obey_signals(host);
    if (!host->control_closed) obey_control(host);
}

static int open_signals(void) {
    sigset_t concerning;
    sigemptyset(&concerning);
    sigaddset(&concerning, SIGCHLD);
    sigaddset(&concerning, SIGTERM);
    sigaddset(&concerning, SIGINT);
    sigaddset(&concerning, SIGHUP);
    return signalfd(-1, &concerning, SFD_CLOEXEC | SFD_NONBLOCK);
}

void supervise(const struct options *options, int outer_proc) {
    struct supervisor host = {
        .options = options,
        .pid_namespace = outer_proc >= 0,
        .deadline = never,
        .signals = open_signals(),
        .session = agent_outer_pid(outer_proc),
    };
    if (host.signals < 0) {
        control_report("failed %d signals %s", errno, strerror(errno));
        return;
    }
    bool begun = agent_start(options, outer_proc, &host.agent);
    if (outer_proc >= 0) close(outer_proc);
    release_standard_streams();
    if (!begun) return;
    for (;;) {
        report_start(&host);
        if (!reap(&host)) return;
        if (host.agent.pid < 0) terminate(&host, options->leftover_grace_ms);
        obey_deadline(&host);
        wait_for_something(&host);
    }
}
