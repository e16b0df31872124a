// SPDX-License-Identifier: Apache-2.0

/// Stores objects (archives, artifacts, logs) under keys, streamed both ways.
///
/// Keys are of the form that ``ObjectKey`` checks; no object's key continues another one's after a
/// `/`. An object becomes visible whole, or not at all. Safe to call from any task; a put whose
/// task is cancelled stores nothing.
public protocol ObjectStore: Sendable {
    /// Stores what `body` yields as the object at `key`, replacing what was there.
    ///
    /// Reads `body` with back-pressure; memory use doesn't depend on its length. When its size or
    /// SHA-256 is not the one expected, nothing is stored and the error is `contentMismatch`. When
    /// it passes the size limit, nothing is stored and the error is `tooLarge`. Errors that `body`
    /// throws are passed on as the cause of `bodyFailed`.
    func put(_ key: String, body: ObjectBody, expectation: ObjectExpectation)
        async throws(ObjectStoreError) -> StoredObject

    /// Stores the file at `path` as the object at `key`; otherwise as ``put(_:body:expectation:)``.
    func put(_ key: String, file path: String, expectation: ObjectExpectation)
        async throws(ObjectStoreError) -> StoredObject

    /// Reads the object's bytes, or those of `range` (zero-based, half open).
    ///
    /// - Throws: ``ObjectStoreError`` `notFound`, or `invalidRange` when the range begins at or
    ///   past the end.
    func get(_ key: String, range: Range<Int64>?) async throws(ObjectStoreError) -> ObjectReader

    /// Reads size and SHA-256 of the object; nil when there is none.
    func head(_ key: String) async throws(ObjectStoreError) -> StoredObject?

    /// Removes the object, present or not.
    func delete(_ key: String) async throws(ObjectStoreError)

    /// Makes a URL from which whoever has it can download the object until it expires (validity in
    /// seconds).
    ///
    /// The download carries `fileName` as an attachment.
    func downloadURL(_ key: String, fileName: String, validFor seconds: Int)
        async throws(ObjectStoreError) -> SignedURL

    /// Makes a URL to which whoever has it can upload exactly the object described, until it
    /// expires.
    func uploadURL(_ key: String, size: Int64, sha256: String, validFor seconds: Int)
        async throws(ObjectStoreError) -> SignedURL
}
