// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A folder that exists while `body` runs.
func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "processes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.resolvingSymlinksInPath().path)
}

/// Writes a file, executable when asked for, and returns its path.
@discardableResult
func writeFile(_ path: String, _ content: String, mode: Int = 0o644) throws -> String {
    try Data(content.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
}
