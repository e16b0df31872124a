// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Takes back the rights on what agents leave behind, as its owner can.
enum FolderAccess {
    /// Lets the owner enter and change the folders in and at `path`, and read and write the files,
    /// as far as that can be done.
    ///
    /// Follows no link. Blocks.
    static func openUp(_ path: String) {
        let files = FileManager.default
        guard let attributes = try? files.attributesOfItem(atPath: path) else { return }
        let mode = (attributes[.posixPermissions] as? Int) ?? 0
        switch attributes[.type] as? FileAttributeType {
        case .typeRegular:
            allow(mode | 0o600, at: path, insteadOf: mode)
        case .typeDirectory:
            allow(mode | 0o700, at: path, insteadOf: mode)
            for name in (try? files.contentsOfDirectory(atPath: path)) ?? [] {
                openUp(path + "/" + name)
            }
        default: return
        }
    }

    private static func allow(_ mode: Int, at path: String, insteadOf old: Int) {
        guard mode != old else { return }
        try? FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
}
