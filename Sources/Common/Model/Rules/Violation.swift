// SPDX-License-Identifier: Apache-2.0

/// One thing that is wrong with a request: where, and what.
public struct Violation: Hashable, Codable, Sendable {
    /// The member, as a dotted path: `input.prompt`, `constraints.writePaths[2]`.
    public let field: String
    /// What is wrong with it and what would be right.
    public let reason: String

    /// Creates a violation.
    public init(field: String, reason: String) {
        self.field = field
        self.reason = reason
    }
}
