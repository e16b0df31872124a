// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

/// Users in the table.
public struct UserStore: Sendable {
    private let transactions: Transactions

    /// Creates the store.
    public init(transactions: Transactions) {
        self.transactions = transactions
    }

    /// Reads a user by the name they sign in with; nil when there is none.
    public func user(named username: String) async throws(TableError) -> User? {
        guard let row = try await transactions.table.get(TableKeys.user(username)) else {
            return nil
        }
        return try User(row: row)
    }

    /// Adds a user.
    ///
    /// `.refused` means that the name is taken.
    public func create(_ user: User) async throws(TableError) -> Commit {
        let row = try user.row
        return try await transactions.commit(
            [.put(row, when: .rowAbsent)],
            proof: CommitProof(
                key: row.key, condition: .equals(User.idAttribute, .string(user.id.text))))
    }

    /// Writes a user who is there already, whatever was written of them meanwhile; safe to repeat.
    public func replace(_ user: User) async throws(TableError) {
        try await transactions.table.transact([.put(try user.row, when: .rowExists)])
    }
}
