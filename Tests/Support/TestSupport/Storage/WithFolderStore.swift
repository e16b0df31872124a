// SPDX-License-Identifier: Apache-2.0

public import FolderStorage

/// Runs `body` with a new object store in a folder of its own and the folder's path; removes it on
/// both paths.
///
/// Its time is `now`, in milliseconds since 1970, and its URLs begin with `publicURL`.
public func withFolderStore<Value>(
    signer: ObjectURLSigner = ObjectURLSigner(key: Array("a key for tests".utf8)),
    publicURL: @escaping @Sendable () -> String = { "http://127.0.0.1:8080" },
    now: @escaping @Sendable () -> Int64 = { 1_700_000_000_000 },
    _ body: (FolderObjectStore, _ root: String) async throws -> Value
) async throws -> Value {
    try await withTemporaryDirectory { folder in
        let store = try await FolderObjectStore.open(
            root: folder, signer: signer, publicURL: publicURL, now: now)
        return try await body(store, folder)
    }
}
