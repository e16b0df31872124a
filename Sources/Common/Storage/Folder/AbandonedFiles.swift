// SPDX-License-Identifier: Apache-2.0

import SystemPackage
import _NIOFileSystem

/// Files that a process which is no more was about to publish.
enum AbandonedFiles {
    /// Removes the files in `folder` that were last written to before `time`, in seconds since
    /// 1970.
    ///
    /// Younger ones may belong to another process that uses the folder now.
    static func remove(in folder: FilePath, olderThan time: Int64) async throws {
        let paths = try await FileSystem.shared.withDirectoryHandle(atPath: folder) { handle in
            var paths: [FilePath] = []
            for try await entry in handle.listContents() where entry.type == .regular {
                paths.append(entry.path)
            }
            return paths
        }
        for path in paths {
            guard let status = try await FileSystem.shared.info(forFileAt: path) else { continue }
            if status.lastDataModificationTime.seconds < time {
                _ = try await FileSystem.shared.removeItem(at: path, recursively: false)
            }
        }
    }
}
