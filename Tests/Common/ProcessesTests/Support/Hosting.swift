// SPDX-License-Identifier: Apache-2.0

import Glibc
import Processes
import Testing

/// What a command wrote, and how it ended.
struct Finished {
    var output = ""
    var error = ""
    var outcome: HostedProcess.Outcome = .hostLost
}

/// Commands for tests, each marked so that every process of its tree can be found.
struct Hosting {
    /// A variable in the environment of every process of one test.
    let mark: String
    let host: String

    static let markName = "TLAO_TEST_MARK"
    static let path = "/usr/local/bin:/usr/bin:/bin"

    /// Lends marked commands; fails the test when afterwards a process of them is left.
    static func with(_ body: (Hosting) async throws -> Void) async throws {
        let mark = "mark-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        let hosting = Hosting(mark: mark, host: try HostExecutable.locate())
        try await body(hosting)
        #expect(MarkedProcesses.identifiers(mark) == [])
    }

    /// Whether this machine lets this user make PID namespaces.
    ///
    /// Where it does not, the tests run with the fallback.
    func permitsNamespaces() async throws -> Bool {
        try await HostedProcess.run(command(["true"])) { process in
            await process.isolation == .pidNamespace
        }.value
    }

    /// A configuration that runs a script of the shell.
    func script(
        _ text: String, _ arguments: [String] = [],
        isolation: HostedProcess.Isolation = .pidNamespace
    ) -> HostedProcess.Configuration {
        command(["/bin/sh", "-c", text, "sh"] + arguments, isolation: isolation)
    }

    func command(
        _ words: [String], isolation: HostedProcess.Isolation = .pidNamespace
    ) -> HostedProcess.Configuration {
        HostedProcess.Configuration(
            hostPath: host, command: words,
            environment: ["PATH": Self.path, Self.markName: mark],
            terminationGrace: .seconds(30), leftoverGrace: .milliseconds(100),
            isolation: isolation)
    }

    /// Runs a command to its end and keeps all that it writes.
    func finish(_ configuration: HostedProcess.Configuration) async throws -> Finished {
        let completion = try await HostedProcess.run(configuration) { process in
            var standardOutput: [UInt8] = []
            var standardError: [UInt8] = []
            for await piece in process.output {
                switch piece.stream {
                case .standardOutput: standardOutput += piece.bytes
                case .standardError: standardError += piece.bytes
                }
            }
            return (standardOutput, standardError)
        }
        return Finished(
            output: String(decoding: completion.value.0, as: UTF8.self),
            error: String(decoding: completion.value.1, as: UTF8.self),
            outcome: completion.outcome)
    }
}

extension HostedProcess {
    /// Reads output until it holds `text`, which says that the command has come that far.
    ///
    /// Returns what was read; all of it when the output ends before.
    @discardableResult
    func awaitOutput(_ text: String) async -> String {
        var seen: [UInt8] = []
        for await piece in output {
            seen += piece.bytes
            if String(decoding: seen, as: UTF8.self).contains(text) { break }
        }
        return String(decoding: seen, as: UTF8.self)
    }
}
