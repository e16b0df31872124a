// SPDX-License-Identifier: Apache-2.0

import Storage
import Synchronization

/// An object store whose uploads of some keys fail.
final class FailingStore: ObjectStore {
    private let store: any ObjectStore
    private let suffix: String
    private let left: Mutex<Int>

    init(_ store: any ObjectStore, failing suffix: String, times: Int) {
        self.store = store
        self.suffix = suffix
        left = Mutex(times)
    }

    func put(
        _ key: String, body: ObjectBody, expectation: ObjectExpectation
    ) async throws(ObjectStoreError) -> StoredObject {
        try await store.put(key, body: body, expectation: expectation)
    }

    func put(
        _ key: String, file path: String, expectation: ObjectExpectation
    ) async throws(ObjectStoreError) -> StoredObject {
        let fails = left.withLock { left in
            guard key.hasSuffix(suffix), left > 0 else { return false }
            left -= 1
            return true
        }
        if fails { throw ObjectStoreError(.unavailable, "The test wants it so.") }
        return try await store.put(key, file: path, expectation: expectation)
    }

    func get(
        _ key: String, range: Range<Int64>?
    ) async throws(ObjectStoreError) -> ObjectReader {
        try await store.get(key, range: range)
    }

    func head(_ key: String) async throws(ObjectStoreError) -> StoredObject? {
        try await store.head(key)
    }

    func delete(_ key: String) async throws(ObjectStoreError) { try await store.delete(key) }

    func downloadURL(
        _ key: String, fileName: String, validFor seconds: Int
    ) async throws(ObjectStoreError) -> SignedURL {
        try await store.downloadURL(key, fileName: fileName, validFor: seconds)
    }

    func uploadURL(
        _ key: String, size: Int64, sha256: String, validFor seconds: Int
    ) async throws(ObjectStoreError) -> SignedURL {
        try await store.uploadURL(key, size: size, sha256: sha256, validFor: seconds)
    }
}
