// SPDX-License-Identifier: Apache-2.0

import CArchive

/// What an archive says about one of its entries; nothing of it is checked yet.
struct TarEntry {
    enum Kind: Equatable {
        case file
        case directory
        case symbolicLink(target: [UInt8])
        case hardLink(target: EntryPath)
        case other
    }

    let path: EntryPath
    let kind: Kind
    let size: Int64
    let isExecutable: Bool
    let modifiedAt: Int64?

    /// Whether name and target are ASCII.
    var hasPlainNames: Bool {
        let target: [UInt8] =
            switch kind {
            case .symbolicLink(let target): target
            case .hardLink(let target): target.bytes
            case .file, .directory, .other: []
            }
        return (path.bytes + target).allSatisfy { $0 < 0x80 }
    }

    /// Copies what it needs: the library uses its entry again for the next header.
    ///
    /// A name ends at its first zero byte, for whoever reads it: there is no second name behind.
    init(_ entry: OpaquePointer) {
        path = EntryPath(bytes: bytes(archive_entry_pathname(entry)))
        size = archive_entry_size(entry)
        isExecutable = archive_entry_perm(entry) & 0o111 != 0
        modifiedAt =
            archive_entry_mtime_is_set(entry) != 0 ? Int64(archive_entry_mtime(entry)) : nil
        if let target = archive_entry_hardlink(entry) {
            kind = .hardLink(target: EntryPath(bytes: bytes(target)))
            return
        }
        switch UInt32(archive_entry_filetype(entry)) {
        case carchive_regular_file: kind = .file
        case carchive_directory: kind = .directory
        case carchive_symbolic_link:
            kind = .symbolicLink(target: bytes(archive_entry_symlink(entry)))
        default: kind = .other
        }
    }
}

private func bytes(_ string: UnsafePointer<CChar>?) -> [UInt8] {
    guard let string else { return [] }
    var length = 0
    while string[length] != 0 { length += 1 }
    return Array(UnsafeRawBufferPointer(start: string, count: length))
}
