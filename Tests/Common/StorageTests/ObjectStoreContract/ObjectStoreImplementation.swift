// SPDX-License-Identifier: Apache-2.0

import Storage
import TestSupport
import Testing

/// An object store that the contract is run against; a new implementation is one more line in
/// ``all``.
struct ObjectStoreImplementation: Sendable, CustomTestStringConvertible {
    /// Names the implementation in the report of a run.
    let testDescription: String

    /// Lends an empty store to the body and ends it on both paths.
    let withStore: @Sendable (@Sendable (any ObjectStore) async throws -> Void) async throws -> Void

    static let all = [
        ObjectStoreImplementation(testDescription: "folder") { body in
            try await withFolderStore { store, _ in try await body(store) }
        }
    ]
}
