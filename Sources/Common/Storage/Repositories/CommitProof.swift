// SPDX-License-Identifier: Apache-2.0

public import Storage

/// Where to look, after a lost answer, whether a transaction went through.
public struct CommitProof: Sendable {
    /// The row to read.
    public let key: TableKey
    /// What holds for it if, and only if, the transaction went through.
    public let condition: TableCondition

    /// Creates a proof.
    public init(key: TableKey, condition: TableCondition) {
        self.key = key
        self.condition = condition
    }
}
