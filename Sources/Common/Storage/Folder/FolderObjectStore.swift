// SPDX-License-Identifier: Apache-2.0

import Foundation
public import Storage
import SystemPackage
import _NIOFileSystem

/// An object store in a folder, which several processes may use at the same time.
///
/// The object at `key` is the file `objects/{key}` below the root (of mode 0600), nothing but its
/// bytes; its digest is an extended attribute of it. An object is written to a file without a name
/// where the file system allows (`O_TMPFILE`), synced, named in `incoming`, and renamed to its
/// place: a crash leaves it whole or not at all. No object may lie at a key that another key
/// continues after a `/` (`invalidKey`).
///
/// Signed URLs are `{publicURL}/objects/{key}?…`; whoever serves that address checks them with the
/// same ``ObjectURLSigner``.
public struct FolderObjectStore: ObjectStore {
    private let layout: ObjectLayout
    private let signer: ObjectURLSigner
    private let publicURL: @Sendable () -> String
    private let now: @Sendable () -> Int64

    /// A file in `incoming` that nobody has written to for so long, in seconds, belongs to nobody.
    private static let abandonedAfter = 3_600

    /// Opens the store in the folder `root`: creates it where it is missing, removes what a crash
    /// left behind.
    ///
    /// `publicURL` answers the address under which `/objects/` is reachable when a URL is made (a
    /// port may be known only later); `now` answers milliseconds since 1970.
    public static func open(
        root: String, signer: ObjectURLSigner, publicURL: @escaping @Sendable () -> String,
        now: @escaping @Sendable () -> Int64
    ) async throws(ObjectStoreError) -> FolderObjectStore {
        let store = FolderObjectStore(
            layout: ObjectLayout(root: root), signer: signer, publicURL: publicURL, now: now)
        try await store.prepareFolders()
        return store
    }

    /// Stores what `body` yields as the object at `key`, replacing what was there.
    public func put(_ key: String, body: ObjectBody, expectation: ObjectExpectation)
        async throws(ObjectStoreError) -> StoredObject
    {
        let destination = try layout.file(of: key)
        let incoming = layout.incoming.appending(UUID().uuidString)
        let content = try await write(body, to: incoming, expectation: expectation)
        try await FilePublication.publish(incoming, as: destination, below: layout.objects)
        return StoredObject(key: key, size: content.size, sha256: content.sha256)
    }

    /// Stores a copy of the file at `path`, which may change afterwards; `bodyFailed` when it can't
    /// be read.
    public func put(_ key: String, file path: String, expectation: ObjectExpectation)
        async throws(ObjectStoreError) -> StoredObject
    {
        let body: ObjectBody
        do {
            body = try await SourceFile.body(path: path)
        } catch {
            throw ObjectStoreError(.bodyFailed, "the file to store can't be read", cause: error)
        }
        return try await put(key, body: body, expectation: expectation)
    }

    /// Reads the object's bytes, or those of `range`, from the file as it is now, whatever comes
    /// later.
    public func get(_ key: String, range: Range<Int64>?) async throws(ObjectStoreError)
        -> ObjectReader
    {
        let file = try await open(key)
        let wanted = range ?? 0..<file.size
        guard range == nil || (wanted.lowerBound >= 0 && wanted.lowerBound < file.size) else {
            throw ObjectStoreError(.invalidRange, "the range begins outside the object")
        }
        let range = wanted.lowerBound..<min(wanted.upperBound, file.size)
        return ObjectReader(
            object: StoredObject(key: key, size: file.size, sha256: file.sha256),
            length: Int64(range.count), body: file.body(range))
    }

    /// Reads size and SHA-256 of the object; nil when there is none.
    public func head(_ key: String) async throws(ObjectStoreError) -> StoredObject? {
        do {
            let file = try await open(key)
            return StoredObject(key: key, size: file.size, sha256: file.sha256)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }

    /// Removes the object, present or not; who reads it meanwhile reads on.
    ///
    /// The folder it was in stays, even empty: removing it could get in the way of a put.
    public func delete(_ key: String) async throws(ObjectStoreError) {
        let path = try layout.file(of: key)
        do {
            let status = try await FileSystem.shared.info(forFileAt: path)
            guard status?.type == .regular else { return }
            _ = try await FileSystem.shared.removeItem(at: path, recursively: false)
        } catch {
            let error = ObjectStoreError(fileSystem: error)
            if error.code != .notFound { throw error }
        }
    }

    /// Makes a URL from which the object can be downloaded until it expires, as an attachment
    /// `fileName`.
    public func downloadURL(_ key: String, fileName: String, validFor seconds: Int)
        async throws(ObjectStoreError) -> SignedURL
    {
        try signedURL(key, grant: .download(fileName: fileName), validFor: seconds)
    }

    /// Makes a URL to which exactly the object described can be uploaded with PUT until it expires.
    ///
    /// Size and digest are part of the URL, so the request needs no headers of its own.
    public func uploadURL(_ key: String, size: Int64, sha256: String, validFor seconds: Int)
        async throws(ObjectStoreError) -> SignedURL
    {
        try signedURL(key, grant: .upload(size: size, sha256: sha256), validFor: seconds)
    }

    private func signedURL(_ key: String, grant: ObjectURLGrant, validFor seconds: Int)
        throws(ObjectStoreError) -> SignedURL
    {
        try ObjectKey.check(key)
        let expiresAt = now() / 1_000 + Int64(seconds)
        let query = signer.query(key: key, grant: grant, expiresAt: expiresAt)
        let base = publicURL()
        let separator = base.hasSuffix("/") ? "" : "/"
        return SignedURL(
            url: "\(base)\(separator)objects/\(key)?\(query)", expiresAt: expiresAt * 1_000)
    }

    private func open(_ key: String) async throws(ObjectStoreError) -> ObjectFile {
        let path = try layout.file(of: key)
        do {
            return try await ObjectFile(path: path)
        } catch {
            throw ObjectStoreError(fileSystem: error)
        }
    }

    /// Writes a file that appears at `path` only when all went well.
    private func write(_ body: ObjectBody, to path: FilePath, expectation: ObjectExpectation)
        async throws(ObjectStoreError) -> (size: Int64, sha256: String)
    {
        do {
            return try await FileSystem.shared.withFileHandle(
                forWritingAt: path,
                options: .newFile(replaceExisting: false, permissions: [.ownerReadWrite])
            ) { file in
                try await IncomingObject(file: file, expectation: expectation).write(body)
            }
        } catch let error as ObjectStoreError {
            throw error
        } catch {
            if Task.isCancelled {
                throw ObjectStoreError(.bodyFailed, "the put was cancelled", cause: error)
            }
            let error = ObjectStoreError(fileSystem: error)
            guard error.code == .notFound else { throw error }
            throw ObjectStoreError(.unavailable, "the object folder is gone", cause: error)
        }
    }

    private func prepareFolders() async throws(ObjectStoreError) {
        do {
            for folder in [layout.objects, layout.incoming] {
                try await Self.create(folder)
            }
            try await AbandonedFiles.remove(
                in: layout.incoming, olderThan: now() / 1_000 - Int64(Self.abandonedAfter))
        } catch {
            throw ObjectStoreError(
                .unavailable, "the object folder can't be used", cause: error)
        }
    }

    /// Creates a folder, unless it is there or another process is quicker.
    private static func create(_ folder: FilePath) async throws {
        if try await FileSystem.shared.info(forFileAt: folder) != nil { return }
        do {
            try await FileSystem.shared.createDirectory(
                at: folder, withIntermediateDirectories: true, permissions: .ownerReadWriteExecute)
        } catch let error as FileSystemError where error.code == .fileAlreadyExists {
            return
        }
    }
}
