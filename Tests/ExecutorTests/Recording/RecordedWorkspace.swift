// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import Processes
import Seams
import TestSupport
import Testing

@testable import ExecutorService

/// A workspace on disk that is recorded, changed and compared.
struct RecordedWorkspace {
    let folder: RunFolder
    private let git: GitCommand

    /// Lends a workspace that holds `items`.
    static func with(
        _ items: [String: WorkspaceFiles.Item],
        _ body: (RecordedWorkspace) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { path in
            let folder = RunFolder(path: path)
            for part in folder.all.dropFirst() {
                try FileManager.default.createDirectory(
                    atPath: part, withIntermediateDirectories: true)
            }
            try WorkspaceFiles.write(items, to: folder.workspace)
            let git = GitCommand(
                hostPath: try HostExecutable.locate(), repository: folder.repository,
                workspace: folder.workspace, searchPath: AgentEnvironment.defaultPath,
                time: SystemTime())
            try await body(RecordedWorkspace(folder: folder, git: git))
        }
    }

    /// Records the workspace, has `change` work on it, and answers what changed.
    func changes(
        fileLimit: Int64 = 1 << 20, after change: (String) throws -> Void
    ) async throws -> WorkspaceChanges {
        let record = try await WorkspaceRecord.make(of: folder, git: git, fileLimit: fileLimit)
        try change(folder.workspace)
        return try await record.changes()
    }

    /// The patch; empty when there is none.
    var patch: [UInt8] {
        (try? Array(Data(contentsOf: URL(filePath: folder.patch)))) ?? []
    }

    /// Applies the patch to a fresh copy of `items`, and answers what comes of it.
    func patched(
        _ items: [String: WorkspaceFiles.Item]
    ) async throws -> [String: WorkspaceFiles.Item] {
        try await withTemporaryDirectory { copy in
            try WorkspaceFiles.write(items, to: copy)
            try await WorkspaceFiles.apply(patch, in: copy)
            return try WorkspaceFiles.read(copy)
        }
    }

    /// Removes what is at a path of the workspace.
    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: folder.workspace + "/" + name)
    }
}
