// SPDX-License-Identifier: Apache-2.0

import Access
import Model
import Repositories
import Seams
import Storage

/// Adds users to the record store.
struct Users: Sendable {
    let stores: Stores

    /// Adds a user; false when the name is taken.
    func add(_ name: String, password: String, role: User.Role) async throws -> Bool {
        let user = User(
            id: stores.identifiers.next(), username: name, role: role,
            passwordHash: try await PasswordHash.make(password), createdAt: stores.time.now)
        return try await stores.users.create(user) == .committed
    }

    /// Makes sure that the first user, an admin with the workspace `default`, is there.
    ///
    /// The password is written down before the user is made, so that whatever happens in between,
    /// the file has the right one.
    func addFirst(_ folder: DataFolder) async throws -> Credentials {
        let credentials = try credentials(folder)
        if try await stores.users.user(named: credentials.username) == nil {
            _ = try await add(credentials.username, password: credentials.password, role: .admin)
        }
        try await addDefaultWorkspace(for: credentials.username)
        return credentials
    }

    private func credentials(_ folder: DataFolder) throws -> Credentials {
        if let known = try folder.read(Credentials.self, at: folder.credentialsPath) {
            return known
        }
        let credentials = Credentials(username: "admin", password: Passwords.make())
        try folder.write(try JSONText.bytes(credentials), to: folder.credentialsPath)
        return credentials
    }

    private func addDefaultWorkspace(for username: String) async throws {
        guard let user = try await stores.users.user(named: username),
            try await stores.workspaces.workspaces(of: username, limit: 1).workspaces.isEmpty
        else { return }
        let now = stores.time.now
        _ = try await stores.workspaces.create(
            Workspace(
                id: stores.identifiers.next(), name: "default", ownerID: user.id, createdAt: now,
                updatedAt: now),
            owner: username)
    }
}
