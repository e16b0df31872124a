// SPDX-License-Identifier: Apache-2.0

import Foundation
import Subprocess
import TestSupport
import Testing

/// The four stages as four processes that share only a table, a folder and a broker.
struct SplitStages: Sendable {
    let installation: Installation
    /// Where Intake says that it is.
    let publicURL: String
    /// Where the Notifier serves streams.
    let notifier: String
    let stages: [ChildProcess]

    /// A secret that only these processes share.
    static let tokenSecret = "a-secret-of-the-tests-of-32-bytes-or-more"

    /// Starts broker and stages for the length of `body`, and expects each to end well when asked.
    static func with(_ body: (SplitStages) async throws -> Void) async throws {
        try await Installation.with { installation in
            try await MockCluster.with(installation) { cluster in
                let port = try freePort()
                let settings = [
                    "TLAO_KAFKA_BROKERS": cluster.brokers, "TLAO_JWT_SECRET": tokenSecret,
                    "TLAO_PUBLIC_URL": "http://localhost:\(port)",
                ]
                let stage = Starter(installation: installation, settings: settings)
                try await stage.run("intake", ["--port", "\(port)"]) { intake in
                    try await stage.run("dispatcher") { dispatcher in
                        try await stage.run("executor") { executor in
                            try await stage.run("notifier", ["--port", "0"]) { notifier in
                                _ = try await address(of: intake)
                                try await body(
                                    SplitStages(
                                        installation: installation,
                                        publicURL: "http://localhost:\(port)",
                                        notifier: try await address(of: notifier),
                                        stages: [intake, dispatcher, executor, notifier]))
                            }
                        }
                    }
                }
            }
        }
    }

    /// Runs an administrator's command on the shared data.
    func admin(_ arguments: String..., input: String = "") async throws {
        try await Command.output(
            BuiltProgram.path(BuiltProgram.server), ["admin"] + arguments,
            environment: installation.environment(), input: input)
    }

    private struct Starter {
        let installation: Installation
        let settings: [String: String]

        func run(
            _ stage: String, _ arguments: [String] = [],
            _ body: (ChildProcess) async throws -> Void
        ) async throws {
            let ended = try await ChildProcess.with(
                BuiltProgram.path(BuiltProgram.server), [stage] + arguments,
                environment: installation.environment(settings), folder: installation.folder, body)
            #expect(ended.status == .exited(0), "\(stage)")
        }
    }

    /// Where a stage says that it serves HTTP.
    private static func address(of stage: ChildProcess) async throws -> String {
        try await eventuallyValue(within: .seconds(60), "a stage's address") {
            try stage.requireRunning()
            let words = stage.output.split(whereSeparator: \.isWhitespace)
            return words.first { $0.hasPrefix("http://") }.map(String.init)
        }
    }
}
