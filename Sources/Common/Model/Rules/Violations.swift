// SPDX-License-Identifier: Apache-2.0

/// Everything that is wrong with a request; never empty.
public struct Violations: Error, Equatable, Sendable {
    /// The violations, in the order of the document's members.
    public let list: [Violation]

    /// Creates the error.
    public init(_ list: [Violation]) {
        self.list = list
    }
}
