// SPDX-License-Identifier: Apache-2.0

import Foundation
import Model
import Subprocess
import TestSupport
import Testing

/// A data folder, and whatever else a server needs to run on it, for one test alone.
struct Installation: Sendable {
    /// The folder that all of it lies in.
    let folder: String
    /// The data folder.
    let data: String

    /// Lends an installation that nothing has run on yet.
    static func with<Value: Sendable>(_ body: (Installation) async throws -> Value) async throws
        -> Value
    {
        try await withTemporaryDirectory { folder in
            try await body(Installation(folder: folder, data: folder + "/data"))
        }
    }

    /// Everything in the environment of a server of this installation: nothing of the tests' own.
    func environment(_ settings: [String: String] = [:]) -> [String: String] {
        ["PATH": Command.path, "HOME": folder, "TLAO_DATA": data].merging(settings) { $1 }
    }

    /// Runs `up` on a free port for the length of `body`, which begins when it says it is ready.
    ///
    /// The server may be ended in `body`; the status tells how it did.
    func withUp<Value: Sendable>(
        _ settings: [String: String] = [:], _ body: (Up) async throws -> Value
    ) async throws -> ChildProcess.Ended<Value> {
        try await ChildProcess.with(
            BuiltProgram.path(BuiltProgram.server), ["up", "--port", "0"],
            environment: environment(settings), folder: folder
        ) { process in
            try await Up.with(installation: self, process: process, body)
        }
    }

    /// Waits until a process has said in `up.json` that it is ready.
    func announcement(of process: ChildProcess) async throws -> UpFile {
        try await eventuallyValue(within: .seconds(60), "up.json") {
            try process.requireRunning()
            // After a kill the file of the one before is still there.
            return upFile.flatMap { $0.pid == process.identifier ? $0 : nil }
        }
    }

    /// What a running `up` says of itself; nil while it says nothing.
    var upFile: UpFile? {
        FileManager.default.contents(atPath: data + "/up.json").flatMap {
            try? JSONText.decode(UpFile.self, from: $0)
        }
    }
}

/// Runs `up`, on a data folder of its own unless there is one, and expects it to end well when
/// asked.
func withUp(
    on installation: Installation? = nil, _ settings: [String: String] = [:],
    _ body: (Up) async throws -> Void
) async throws {
    guard let installation else {
        return try await Installation.with { try await withUp(on: $0, settings, body) }
    }
    let ended = try await installation.withUp(settings, body)
    #expect(ended.status == .exited(0))
}
