// SPDX-License-Identifier: Apache-2.0
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "control.h"
#include "execute.h"

// What the child writes into the start pipe: first its pid; then, only when the command could not
// be executed, the step that failed. The pipe closes on exec, so its end means success.
struct start_word {
    pid_t outer_pid;
    const char *stage;  // a literal: the same address in parent and child
    int error;
};

pid_t agent_outer_pid(int outer_proc) {
    if (outer_proc < 0) return getpid();
    // "self" of a /proc is the reader's pid in the namespace that this /proc was mounted in.
    char text[24];
    ssize_t length = readlinkat(outer_proc, "self", text, sizeof text - 1);
    if (length <= 0) return 0;
    text[length] = '\0';
    return (pid_t)strtol(text, NULL, 10);
}

// By the system call itself: the C library hides two signals of its own from signal(2), and leaves
// them ignored in what posix_spawn(3) starts. All zero is the default action in the kernel's structure.
static void reset_signals(void) {
    static const unsigned long default_action[8];
    for (int number = 1; number < NSIG; number++) {
        syscall(SYS_rt_sigaction, number, default_action, NULL, (NSIG - 1) / 8);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static _Noreturn void give_up(int pipe_end, const char *stage, int error) {
    struct start_word word = {.stage = stage, .error = error};
    // Nobody is left to tell when this fails; the exit code then speaks for itself.
    ssize_t written = write(pipe_end, &word, sizeof word);
    _exit(written == (ssize_t)sizeof word ? 127 : 126);
}

// Runs in the child. The order matters: the kernel forgets the death signal on a change of rights,
// and a limit on descriptors must not hinder the steps before it.
static _Noreturn void become_agent(const struct options *options, int outer_proc, int pipe_end,
                                   pid_t parent) {
    setpgid(0, 0);
    // Should the host itself be killed: a net under the agent, though not under its children.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(126);

    struct start_word word = {.outer_pid = agent_outer_pid(outer_proc)};
    if (write(pipe_end, &word, sizeof word) != (ssize_t)sizeof word) _exit(126);

    if (options->working_directory != NULL && chdir(options->working_directory) != 0) {
        give_up(pipe_end, "working-directory", errno);
    }
    int error = limits_apply(&options->limits);
    if (error != 0) give_up(pipe_end, "limits", error);
    reset_signals();
    const char *stage = "exec";
    error = execute(options->command, &stage);
    give_up(pipe_end, stage, error);
}

static bool failed(struct agent *agent, int error, const char *stage) {
    agent->failed = true;
    control_report("failed %d %s %s", error, stage, strerror(error));
    return false;
}

bool agent_start(const struct options *options, int outer_proc, struct agent *agent) {
    *agent = (struct agent){.pid = -1, .start_pipe = -1};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return failed(agent, errno, "pipe");
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0) become_agent(options, outer_proc, ends[1], parent);
    int error = errno;
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return failed(agent, error, "fork");
    }
    setpgid(pid, pid);  // The child does so too: whichever comes first, the group exists from here.
    agent->pid = pid;
    agent->start_pipe = ends[0];
    return true;
}

bool agent_read_start(struct agent *agent) {
    while (agent->start_pipe >= 0) {
        struct start_word word;
        ssize_t count = read(agent->start_pipe, &word, sizeof word);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno == EAGAIN) return false;
        if (count == (ssize_t)sizeof word && word.stage == NULL) {
            agent->outer_pid = word.outer_pid;
            continue;
        }
        if (count == (ssize_t)sizeof word) failed(agent, word.error, word.stage);
        close(agent->start_pipe);
        agent->start_pipe = -1;
    }
    return true;
}
