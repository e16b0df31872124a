// SPDX-License-Identifier: Apache-2.0

import Access
import Model
import Repositories
import Seams
import Storage
import TestSupport

/// A token authority and an authenticator over a table in memory, on virtual time.
struct AccessScene {
    static let key = [UInt8]("thirty-two bytes make a good key".utf8)

    let time = VirtualTime()
    let table = FaultInjectingTable(MemoryTable())
    let identifiers: SeededIdentifiers
    let users: UserStore
    let workspaces: WorkspaceStore
    let tokens: TokenAuthority
    let authenticator: Authenticator

    init() async throws {
        identifiers = SeededIdentifiers(time: time)
        let transactions = Transactions(table: table, time: time, random: SeededRandom())
        users = UserStore(transactions: transactions)
        workspaces = WorkspaceStore(transactions: transactions)
        tokens = try await TokenAuthority(key: Self.key, time: time, identifiers: identifiers)
        authenticator = Authenticator(authority: tokens, users: users, time: time)
    }

    /// Another authority over the same time, with a key of its own.
    func authority(key: [UInt8]) async throws -> TokenAuthority {
        try await TokenAuthority(key: key, time: time, identifiers: identifiers)
    }

    /// A user, not yet stored.
    func user(
        _ username: String = "ada", role: User.Role = .member, tokensNotBefore: Timestamp? = nil
    ) -> User {
        User(
            id: identifiers.next(), username: username, role: role, passwordHash: "",
            tokensNotBefore: tokensNotBefore, createdAt: time.now)
    }

    /// Stores a user, in the place of whoever had the name.
    func store(_ user: User) async throws {
        try await table.transact([.put(try user.row)])
    }

    /// The identity that a user's own token stands for.
    func identity(of user: User) async throws -> Identity {
        try await tokens.verify(try await tokens.issue(for: user).token)
    }
}
