// SPDX-License-Identifier: Apache-2.0

import Glibc
import Model
import SystemPackage

/// The server that `tlao-codex up` runs on this machine for this user, as its `up.json` tells.
struct LocalServer: Codable, Equatable, Sendable {
    let api: String
    let username: String
    let password: String
    let pid: Int32

    /// Reads the file; nil when there is none, it can't be understood or its process has gone.
    static func find(environment: [String: String]) async throws(CommandFailure) -> LocalServer? {
        let folder = try UserFolders(environment: environment).applicationFiles
        let path = folder.appending("tlao-codex").appending("up.json")
        guard let bytes = try await FileReading.contents(of: path, limit: 1 << 20),
            let server = try? JSONText.decode(LocalServer.self, from: bytes), server.isAlive,
            APIAddress.isValid(server.api)
        else { return nil }
        return server
    }

    /// A killed server leaves its file; signal 0 asks for the process without disturbing it.
    private var isAlive: Bool {
        pid > 0 && (kill(pid, 0) == 0 || errno == EPERM)
    }
}
