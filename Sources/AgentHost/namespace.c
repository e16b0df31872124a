// SPDX-License-Identifier: Apache-2.0
#include "namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// The two speak in single bytes: "mapped" from the parent, "ready" from the child (or the end of the
// channel when it can't), and "go" from the parent. Waiting for "go" closes the gap in which the
// parent may die before the child has asked to be told of it.
static bool say(int channel) {
    return send(channel, "", 1, MSG_NOSIGNAL) == 1;
}

static bool hear(int channel) {
    char byte;
    ssize_t count;
    do {
        count = recv(channel, &byte, 1, 0);
    } while (count < 0 && errno == EINTR);
    return count == 1;
}

static bool write_file(pid_t pid, const char *name, const char *text) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
    int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    ssize_t written = write(descriptor, text, strlen(text));
    close(descriptor);
    return written == (ssize_t)strlen(text);
}

// Every user keeps their own number, and nobody else has one.
static bool map_user(pid_t pid) {
    char users[64];
    char groups[64];
    snprintf(users, sizeof users, "%u %u 1\n", geteuid(), geteuid());
    snprintf(groups, sizeof groups, "%u %u 1\n", getegid(), getegid());
    // Without the right to set groups the kernel wants this given up before a group is mapped.
    return write_file(pid, "setgroups", "deny") && write_file(pid, "uid_map", users) &&
           write_file(pid, "gid_map", groups);
}

static bool mount_own_proc(int *outer_proc) {
    *outer_proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (*outer_proc < 0) return false;
    // What the machine mounts later still arrives here; nothing goes the other way.
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) != 0) return false;
    return mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0;
}

static void become_init(int channel, int *outer_proc) {
    if (!hear(channel)) _exit(1);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!mount_own_proc(outer_proc)) _exit(1);
    if (!say(channel) || !hear(channel)) _exit(1);
    close(channel);
}

static bool bring_up(pid_t init, bool user_namespace, int channel) {
    if (user_namespace && !map_user(init)) return false;
    return say(channel) && hear(channel) && say(channel);
}

static pid_t start(bool user_namespace, int *outer_proc) {
    int channel[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) != 0) return -1;
    unsigned long flags = CLONE_NEWPID | CLONE_NEWNS | SIGCHLD;
    if (user_namespace) flags |= CLONE_NEWUSER;
    // Not unshare(2), which would also move the host itself.
    pid_t init = (pid_t)syscall(SYS_clone, flags, NULL, NULL, NULL, 0UL);
    if (init == 0) {
        close(channel[0]);
        become_init(channel[1], outer_proc);
        return 0;
    }
    close(channel[1]);
    if (init > 0 && !bring_up(init, user_namespace, channel[0])) {
        kill(init, SIGKILL);
        while (waitpid(init, NULL, 0) < 0 && errno == EINTR) continue;
        init = -1;
    }
    close(channel[0]);
    return init;
}

pid_t namespace_start(int *outer_proc) {
    pid_t init = start(false, outer_proc);
    return init >= 0 ? init : start(true, outer_proc);
}
