// SPDX-License-Identifier: Apache-2.0

import Glibc
import Processes
import Testing

/// What a command may use, and what it must not get.
@Suite(.timeLimit(.minutes(1)))
struct BoundsTests {
    @Test func `limits are set in the command`() async throws {
        try await Hosting.with { hosting in
            var configuration = hosting.command(["cat", "/proc/self/limits"])
            configuration.limits = ResourceLimits(
                cpuSeconds: 100, addressSpaceBytes: 1 << 30, openFiles: 50, processes: 500,
                fileSizeBytes: 1 << 20)
            let lines = try await hosting.finish(configuration).output.split(separator: "\n")
            let limits = Dictionary(
                lines.map { line in
                    let fields = line.dropFirst(26).split(separator: " ")
                    let name = line.prefix(26).split(separator: " ").joined(separator: " ")
                    return (name, fields.prefix(2).joined(separator: " "))
                }, uniquingKeysWith: { first, _ in first })
            #expect(limits["Max cpu time"] == "100 105")
            #expect(limits["Max address space"] == "1073741824 1073741824")
            #expect(limits["Max open files"] == "50 50")
            #expect(limits["Max processes"] == "500 500")
            #expect(limits["Max file size"] == "1048576 1048576")
            #expect(limits["Max core file size"] == "0 0")
        }
    }

    @Test func `a file beyond its limit is not written`() async throws {
        try await withTemporaryFolder { folder in
            try await Hosting.with { hosting in
                var configuration = hosting.script(
                    "head -c 100000 /dev/zero > \"$1/file\"; wc -c < \"$1/file\"", [folder])
                configuration.limits.fileSizeBytes = 4096
                let output = try await hosting.finish(configuration).output
                #expect(output == "4096\n")
            }
        }
    }

    @Test func `processor time is limited`() async throws {
        try await Hosting.with { hosting in
            var configuration = hosting.script("while :; do :; done")
            configuration.limits.cpuSeconds = 1
            let outcome = try await hosting.finish(configuration).outcome
            #expect(outcome == .signaled(signal: SIGXCPU))
        }
    }

    @Test func `the command has the three streams open and nothing else`() async throws {
        // A descriptor that a careless library left open to be inherited.
        let leaked = open("/dev/null", O_RDONLY)
        defer { close(leaked) }
        try await Hosting.with { hosting in
            for isolation in [HostedProcess.Isolation.pidNamespace, .processTree] {
                let configuration = hosting.command(["ls", "/proc/self/fd"], isolation: isolation)
                // The fourth is the folder that is being listed.
                let output = try await hosting.finish(configuration).output
                #expect(output == "0\n1\n2\n3\n")
            }
        }
    }

    @Test func `signals have their defaults and are not blocked`() async throws {
        try await Hosting.with { hosting in
            let text = try await hosting.finish(hosting.command(["cat", "/proc/self/status"]))
                .output
            for field in ["SigBlk", "SigIgn", "SigCgt"] {
                #expect(text.contains("\(field):\t0000000000000000\n"))
            }
            #expect(text.contains("NoNewPrivs:\t1\n"))
        }
    }

    @Test func `the worker is seen exactly where there is no namespace`() async throws {
        try await Hosting.with { hosting in
            let permitted = try await hosting.permitsNamespaces()
            for isolation in [HostedProcess.Isolation.pidNamespace, .processTree] {
                let configuration = hosting.script(
                    "[ -e /proc/$1/stat ] && grep -c $2 /proc/$1/environ",
                    [String(getpid()), "PATH"], isolation: isolation)
                let isHidden = permitted && isolation == .pidNamespace
                let outcome = try await hosting.finish(configuration).outcome
                #expect((outcome == .exited(code: 0)) == !isHidden)
            }
        }
    }

    /// In a process of its own, where no other test opens and closes.
    @Test func `no descriptor and no child is left over`() async throws {
        await #expect(processExitsWith: .success) {
            let hosting = Hosting(mark: "leak-\(getpid())", host: try HostExecutable.locate())
            var configuration = hosting.script("cat; echo done >&2")
            configuration.standardInput = .bytes(Array("x".utf8))
            // The first ones open what the runtime keeps.
            _ = try await hosting.finish(configuration)
            let before = MarkedProcesses.openDescriptors().count
            let rounds = 20
            for _ in 0..<rounds {
                _ = try await hosting.finish(configuration)
                _ = try await hosting.finish(hosting.command(["no-such-program"]))
                _ = try? await hosting.finish(
                    HostedProcess.Configuration(hostPath: "/no/such/host", command: ["true"]))
            }
            let hasChild = waitpid(-1, nil, WNOHANG) >= 0
            // The runtime may open something at any time, but not once in each round.
            let more = MarkedProcesses.openDescriptors().count - before
            exit(more < rounds && !hasChild ? 0 : 1)
        }
    }
}
