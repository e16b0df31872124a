// SPDX-License-Identifier: Apache-2.0

import Glibc
import Processes
import Testing

/// How a command comes to run, or why it does not.
@Suite(.timeLimit(.minutes(1)))
struct StartTests {
    @Test func `a program that does not exist is not found`() async throws {
        try await Hosting.with { hosting in
            let finished = try await hosting.finish(hosting.command(["no-such-program"]))
            #expect(finished.outcome.failure?.kind == .notFound)
            #expect(finished.outcome.failure?.systemError == ENOENT)
        }
    }

    @Test func `a file without permission is not executable`() async throws {
        try await withTemporaryFolder { folder in
            try await Hosting.with { hosting in
                let file = try writeFile("\(folder)/agent", "#!/bin/sh\n")
                let finished = try await hosting.finish(hosting.command([file]))
                #expect(finished.outcome.failure?.kind == .notExecutable)
            }
        }
    }

    @Test func `a text without an interpreter line is not given to a shell`() async throws {
        try await withTemporaryFolder { folder in
            try await Hosting.with { hosting in
                let file = try writeFile("\(folder)/agent", "echo hello\n", mode: 0o755)
                let finished = try await hosting.finish(hosting.command([file]))
                #expect(finished.outcome.failure?.kind == .notExecutable)
                #expect(finished.outcome.failure?.systemError == ENOEXEC)
                #expect(finished.output == "")
            }
        }
    }

    @Test func `a missing interpreter is told from a missing program`() async throws {
        try await withTemporaryFolder { folder in
            try await Hosting.with { hosting in
                let file = try writeFile("\(folder)/agent", "#!/no/such/program\n", mode: 0o755)
                let finished = try await hosting.finish(hosting.command([file]))
                #expect(finished.outcome.failure?.kind == .notExecutable)
                #expect(finished.outcome.failure?.reason.contains("interpreter") == true)
            }
        }
    }

    @Test func `a missing working directory is the reason`() async throws {
        try await Hosting.with { hosting in
            var configuration = hosting.script("pwd")
            configuration.workingDirectory = "/no/such/folder"
            let finished = try await hosting.finish(configuration)
            #expect(finished.outcome.failure?.kind == .workingDirectory)
        }
    }

    @Test func `a command starts in its working directory`() async throws {
        try await withTemporaryFolder { folder in
            try await Hosting.with { hosting in
                var configuration = hosting.command(["pwd", "-P"])
                configuration.workingDirectory = folder
                let output = try await hosting.finish(configuration).output
                #expect(output == folder + "\n")
            }
        }
    }

    @Test func `a relative folder of PATH is not searched`() async throws {
        try await withTemporaryFolder { folder in
            try await Hosting.with { hosting in
                try writeFile("\(folder)/agent", "#!/bin/sh\necho found\n", mode: 0o755)
                var configuration = hosting.command(["agent"])
                configuration.workingDirectory = folder
                configuration.environment["PATH"] = ".::/usr/bin"
                let outcome = try await hosting.finish(configuration).outcome
                #expect(outcome.failure?.kind == .notFound)
                configuration.environment["PATH"] = ".:\(folder)"
                let output = try await hosting.finish(configuration).output
                #expect(output == "found\n")
            }
        }
    }

    @Test func `the environment is exactly what was given`() async throws {
        try await Hosting.with { hosting in
            var configuration = hosting.command(["env"])
            configuration.environment["EMPTY"] = ""
            configuration.environment["WORDS"] = "a = b"
            let lines = try await hosting.finish(configuration).output.split(separator: "\n")
            let expected = configuration.environment.map { "\($0.key)=\($0.value)" }
            #expect(lines.sorted() == expected.map { $0[...] }.sorted())
        }
    }

    @Test func `arguments longer than the system takes are a failed start`() async throws {
        try await Hosting.with { hosting in
            let word = String(repeating: "x", count: 200_000)
            let finished = try await hosting.finish(hosting.command(["true", word]))
            #expect(finished.outcome.failure?.kind == .argumentsTooLong)
        }
    }

    @Test(arguments: [[], [""], ["true", "a\0b"]])
    func `a command that can't be given to a process is refused`(words: [String]) async throws {
        let host = try HostExecutable.locate()
        let configuration = HostedProcess.Configuration(hostPath: host, command: words)
        let error = await #expect(throws: ProcessError.self) {
            try await HostedProcess.run(configuration) { _ in }
        }
        #expect(error?.code == .invalidConfiguration)
    }

    @Test func `without a host there is an error and the body is not run`() async throws {
        let configuration = HostedProcess.Configuration(
            hostPath: "/no/such/host", command: ["true"])
        let error = await #expect(throws: ProcessError.self) {
            try await HostedProcess.run(configuration) { _ in Issue.record("There is no host.") }
        }
        #expect(error?.code == .hostNotFound)
        #expect(throws: ProcessError.self) { try HostExecutable.locate(override: "/no/such") }
    }

    @Test func `the process id is known and is the command's`() async throws {
        try await Hosting.with { hosting in
            let permitted = try await hosting.permitsNamespaces()
            for isolation in [HostedProcess.Isolation.pidNamespace, .processTree] {
                let configuration = hosting.command(["sleep", "300"], isolation: isolation)
                _ = try await HostedProcess.run(configuration) { process in
                    let identifier = try #require(await process.processIdentifier)
                    let words = MarkedProcesses.content(of: "/proc/\(identifier)/cmdline")
                    #expect(words == "sleep\u{0}300\u{0}")
                    #expect(await process.isolation == (permitted ? isolation : .processTree))
                    process.kill()
                }
            }
        }
    }
}

extension HostedProcess.Outcome {
    /// Why the start failed, if it did.
    var failure: HostedProcess.StartFailure? {
        guard case .startFailed(let failure) = self else { return nil }
        return failure
    }
}
