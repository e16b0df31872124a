// SPDX-License-Identifier: Apache-2.0

import API
import Model
import TestSupport
import TlaoSDK

/// A running `up`, and its first user, who has signed in.
struct Up: Sendable {
    let installation: Installation
    let process: ChildProcess
    let file: UpFile
    let user: SignedIn

    /// Waits until the process says that it is ready, and signs in.
    static func with<Value: Sendable>(
        installation: Installation, process: ChildProcess, _ body: (Up) async throws -> Value
    ) async throws -> Value {
        let file = try await eventuallyValue(within: .seconds(60), "up.json") {
            guard process.isRunning else { throw EndedEarly() }
            // After a kill the file of the one before is still there.
            return installation.upFile.flatMap { $0.pid == process.identifier ? $0 : nil }
        }
        return try await SignedIn.with(
            address: file.api, username: file.username, password: file.password
        ) { user in
            try await body(
                Up(installation: installation, process: process, file: file, user: user))
        }
    }

    struct EndedEarly: Error {}
}
