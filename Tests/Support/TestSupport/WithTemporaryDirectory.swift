// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Lends an empty folder of its own to the body and removes it afterwards, whatever happened.
///
/// The path is absolute and free of symbolic links; only the owner may enter the folder. An error of
/// the body wins over one of the removal.
public func withTemporaryDirectory<Value>(
    _ body: (String) async throws -> Value
) async throws -> Value {
    let path = try makeTemporaryDirectory()
    let value: Value
    do {
        value = try await body(path)
    } catch {
        try? FileManager.default.removeItem(atPath: path)
        throw error
    }
    try FileManager.default.removeItem(atPath: path)
    return value
}

private func makeTemporaryDirectory() throws -> String {
    let parent = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    let folder = parent.appending(path: "tlao-test-\(UUID().uuidString.lowercased())")
    try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    return folder.path(percentEncoded: false)
}
