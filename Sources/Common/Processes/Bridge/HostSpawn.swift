// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Starts the host executable: the only place that makes a process.
enum HostSpawn {
    /// The descriptor that the host expects its control socket at.
    private static let controlNumber: Int32 = 3

    /// Starts the host with these descriptors, each above 9, as 0, 1, 2 and 3.
    ///
    /// Returns its process id, or the system's error number.
    ///
    /// Blocks until the host is executed.
    static func spawn(
        _ arguments: HostArguments, input: Int32, output: Int32, error: Int32, control: Int32
    ) -> Result<pid_t, SpawnFailure> {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let targets = [(input, 0), (output, 1), (error, 2), (control, controlNumber)]
        let results = targets.map { source, target in
            posix_spawn_file_actions_adddup2(&actions, source, target)
        }
        if let failure = results.first(where: { $0 != 0 }) {
            return .failure(SpawnFailure(systemError: failure))
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What this process ignores, its children would ignore too.
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        var identifier: pid_t = 0
        let result = withCStrings(arguments.words) { words in
            withCStrings(arguments.variables) { variables in
                posix_spawn(
                    &identifier, arguments.words[0], &actions, &attributes, words, variables)
            }
        }
        return result == 0 ? .success(identifier) : .failure(SpawnFailure(systemError: result))
    }

    /// The system's refusal to start a program.
    struct SpawnFailure: Error {
        let systemError: Int32
    }

    /// Waits until the host has ended, which the closed control socket says it has, and takes it
    /// off the system's list.
    static func reap(_ host: pid_t) {
        while waitpid(host, nil, 0) < 0, errno == EINTR {}
    }

    /// Takes the host off the system's list if it has ended.
    static func reapIfEnded(_ host: pid_t) {
        _ = waitpid(host, nil, WNOHANG)
    }

    /// Ends a host that does not answer.
    ///
    /// It must not have been reaped, so that the number is its.
    static func kill(_ host: pid_t) {
        _ = Glibc.kill(host, SIGKILL)
    }

    /// The strings live until `body` returns.
    ///
    /// They hold no zero byte, see ``HostArguments``.
    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = strings.map { strdup($0) }
        defer {
            for pointer in pointers { free(pointer) }
        }
        return body(pointers + [nil])
    }
}
