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
            openUp(path)
            guard exists(path) else { return }
            try files.removeItem(atPath: path)
        }
    }

    /// Whether anything is at `path`; of a link the link, not its target.
    private static func exists(_ path: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: path)) != nil
    }

    /// Gives the owner all rights on the folders in and at `path`, as far as that can be done.
    static func openUp(_ path: String) {
        let files = FileManager.default
        guard let attributes = try? files.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeDirectory
        else { return }
        try? files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        for name in (try? files.contentsOfDirectory(atPath: path)) ?? [] {
            openUp(path + "/" + name)
        }
    }
}
