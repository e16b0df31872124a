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
    ///
    /// Without the file, a user who is there already gets a new password: whoever owns the data folder
    /// may have lost the old one.
    func addFirst(_ folder: DataFolder) async throws -> Credentials {
        if let known = try folder.read(Credentials.self, at: folder.credentialsPath) {
            if try await stores.users.user(named: known.username) == nil {
                _ = try await add(known.username, password: known.password, role: .admin)
            }
            try await addDefaultWorkspace(for: known.username)
            return known
        }
        let new = Credentials(username: "admin", password: Passwords.make())
        try folder.write(try JSONText.bytes(new), to: folder.credentialsPath)
        if try await !add(new.username, password: new.password, role: .admin) {
            try await setPassword(new.password, of: new.username)
        }
        try await addDefaultWorkspace(for: new.username)
        return new
    }

    private func setPassword(_ password: String, of name: String) async throws {
        guard var user = try await stores.users.user(named: name) else { return }
        user.passwordHash = try await PasswordHash.make(password)
        try await stores.users.replace(user)
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
