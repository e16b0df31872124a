// SPDX-License-Identifier: Apache-2.0

import Subprocess
import TestSupport
import Testing

/// A Kafka cluster in a process of its own, with the product's topics, that a test can take down.
///
/// Not in the test's process: a broker that is taken down binds its port anew, and fails where
/// another thread forks meanwhile, because the child still has the port for an instant.
struct MockCluster: Sendable {
    /// The brokers' addresses.
    let brokers: String
    private let process: ChildProcess

    /// Runs a cluster for the length of `body`, and expects it to end well when asked.
    static func with(
        _ installation: Installation, _ body: (MockCluster) async throws -> Void
    ) async throws {
        let ended = try await ChildProcess.with(
            BuiltProgram.path(BuiltProgram.broker), topics.map { "\($0):4" },
            environment: installation.environment(), folder: installation.folder
        ) { process in
            let brokers = try await line(0, of: process)
            try await body(MockCluster(brokers: brokers, process: process))
        }
        #expect(ended.status == .exited(0))
    }

    /// The documented topics.
    static let topics = [
        "tlao.run.requests", "tlao.run.assignments", "tlao.run.control", "tlao.run.events",
        "tlao.executor.heartbeats", "tlao.dead-letters",
    ]

    /// Disconnects everybody and refuses new clients.
    func takeDown() async throws { try await perform("down") }

    /// Accepts clients again; what the brokers held is still there.
    func bringUp() async throws { try await perform("up") }

    private func perform(_ command: String) async throws {
        let count = process.output.split(separator: "\n").count
        try await process.write(command + "\n")
        #expect(try await Self.line(count, of: process) == command)
    }

    private static func line(_ index: Int, of process: ChildProcess) async throws -> String {
        try await eventuallyValue("an answer of the broker") {
            let lines = process.output.split(separator: "\n", omittingEmptySubsequences: false)
            return lines.count > index + 1 ? String(lines[index]) : nil
        }
    }
}
