// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Removes what agents leave behind, also where they took the rights away.
///
/// Blocks.
enum FolderRemoval {
    /// Removes what is at `path` with all that is in it; nothing there is fine.
    static func remove(_ path: String) throws {
        let files = FileManager.default
        guard exists(path) else { return }
        do {
            try files.removeItem(atPath: path)
        } catch {
            // A folder that can't be entered or changed, as tools leave them in their caches.
            FolderAccess.openUp(path)
            guard exists(path) else { return }
            try files.removeItem(atPath: path)
        }
    }

    /// Whether anything is at `path`; of a link the link, not its target.
    private static func exists(_ path: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: path)) != nil
    }
}
