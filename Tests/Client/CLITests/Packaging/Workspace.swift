// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import SystemPackage
import TestSupport

@testable import CLI

/// A folder of files that a test packs, in a folder of its own.
struct Workspace: Sendable {
    let outside: FilePath
    var folder: FilePath { outside.appending("workspace") }

    /// Writes a text file, and the folders it lies in.
    func write(_ path: String, _ content: String = "content") throws {
        let url = URL(filePath: folder.string + "/" + path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: url)
    }

    /// Makes a symbolic link, and the folders it lies in.
    func link(_ path: String, to target: String) throws {
        let url = URL(filePath: folder.string + "/" + path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: target)
    }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: folder.string + "/" + path)
    }

    /// The names in the folder's archive, which is unpacked to see them.
    func packedFiles(
        of part: String? = nil, environment: [String: String] = GitRepository.environment
    ) async throws -> Set<String> {
        let packager = WorkspacePackager(environment: environment)
        let source = part.map { folder.appending($0) } ?? folder
        return try await packager.withPackaged(source) { packaged in
            try await withTemporaryDirectory { target in
                _ = try await ArchiveExtractor().extract(packaged.path, into: FilePath(target))
                return try await Self.files(in: FilePath(target))
            }
        }
    }

    /// Everything in a folder that is no folder itself.
    static func files(in folder: FilePath) async throws -> Set<String> {
        try await withSourceFolder(folder) { source in
            var names: Set<String> = []
            var pending: [EntryPath] = [""]
            while let directory = pending.popLast() {
                for item in try source.items(in: directory) {
                    let path = directory.appending(item.name)
                    if item.kind == .directory {
                        pending.append(path)
                    } else {
                        names.insert(path.description)
                    }
                }
            }
            return names
        }
    }
}

/// Lends an empty workspace.
func withWorkspace<Value>(_ body: (Workspace) async throws -> Value) async throws -> Value {
    try await withTemporaryDirectory { directory in
        let workspace = Workspace(outside: FilePath(directory))
        try FileManager.default.createDirectory(
            atPath: workspace.folder.string, withIntermediateDirectories: false)
        return try await body(workspace)
    }
}
