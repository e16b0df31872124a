// SPDX-License-Identifier: Apache-2.0

import API
import Model
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
        let file = try await installation.announcement(of: process)
        return try await SignedIn.with(
            address: file.api, username: file.username, password: file.password
        ) { user in
            try await body(
                Up(installation: installation, process: process, file: file, user: user))
        }
    }
}
