// SPDX-License-Identifier: Apache-2.0

public import SystemPackage

/// A folder whose files are to be packed, read without ever following a link out of it.
///
/// Its functions block: they belong on a thread of their own, which ``withSourceFolder(_:_:)`` and
/// ``withArchiveWriter(to:options:_:)`` give. Going through names in order is fastest.
public struct SourceFolder: ~Copyable {
    /// Where the folder is: absolute, and without links.
    public let path: FilePath

    private var directories: DirectoryStack

    /// Opens a folder; `path` itself may be, or contain, a link.
    public init(_ path: FilePath) throws(ArchiveError) {
        let realPath = try opening(path) { (path) throws(Errno) in
            try SystemCalls.realPath(of: path)
        }
        directories = try opening(path) { (path) throws(Errno) in try DirectoryStack(root: path) }
        self.path = realPath
    }

    /// What is at a name; nil when nothing is, or when a link stands in its way.
    public mutating func kind(of path: EntryPath) throws(ArchiveError) -> FileKind? {
        let components = path.components
        guard let name = components.last else { return .directory }
        return try reading(path) { (directories) throws(Errno) in
            guard let parent = try directories.existing(components.dropLast()) else { return nil }
            return try SystemCalls.status(of: name, in: parent)?.kind
        }
    }

    /// What a folder contains, in the order of the names' bytes; the empty path is the folder
    /// itself.
    public mutating func items(in path: EntryPath) throws(ArchiveError) -> [FolderItem] {
        let components = path.components
        return try reading(path) { (directories) throws(Errno) in
            try SystemCalls.list(try directories.folder(at: components))
        }
        .sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }

    /// A regular file's bytes; nil when no regular file is there.
    ///
    /// A file of more than `limit` bytes is refused.
    public mutating func content(
        of path: EntryPath, limit: Int
    ) throws(ArchiveError) -> [UInt8]? {
        guard let file = try openFile(path) else { return nil }
        defer { SystemCalls.close(file.descriptor) }
        guard file.status.size <= limit else {
            throw ArchiveError(
                .limitExceeded, "'\(path)' is larger than \(limit) bytes.", entry: path)
        }
        return try reading(path) { (_) throws(Errno) in
            try SystemCalls.read(file.descriptor, at: 0, count: Int(file.status.size))
        }
    }

    /// A link's target as it is stored; nil when no link is there.
    public mutating func target(ofLink path: EntryPath) throws(ArchiveError) -> [UInt8]? {
        let components = path.components
        guard let name = components.last else { return nil }
        return try reading(path) { (directories) throws(Errno) -> [UInt8]? in
            guard let parent = try directories.existing(components.dropLast()) else { return nil }
            // EINVAL: it is something else.
            return try nilFor([.noSuchFileOrDirectory, .invalidArgument]) { () throws(Errno) in
                try SystemCalls.target(ofLink: name, in: parent)
            }
        }
    }

    /// Opens a regular file for reading, which the caller closes; nil when none is there.
    mutating func openFile(_ path: EntryPath) throws(ArchiveError) -> OpenedFile? {
        let components = path.components
        guard let name = components.last else { return nil }
        return try reading(path) { (directories) throws(Errno) -> OpenedFile? in
            guard let parent = try directories.existing(components.dropLast()),
                // Asked first, since already opening a device can have an effect.
                try SystemCalls.status(of: name, in: parent)?.kind == .file
            else { return nil }
            // Removed, or replaced by a link, since it was asked for.
            let gone: [Errno] = [.noSuchFileOrDirectory, .tooManySymbolicLinkLevels]
            return try nilFor(gone) { () throws(Errno) in
                try OpenedFile(SystemCalls.openFile(name, in: parent))
            }
        }
    }

    private mutating func reading<Value>(
        _ path: EntryPath, _ body: (inout DirectoryStack) throws(Errno) -> Value
    ) throws(ArchiveError) -> Value {
        do {
            return try body(&directories)
        } catch {
            throw ArchiveError(
                .sourceUnreadable, "'\(path)' in '\(self.path)' can't be read: \(error).",
                entry: path, cause: error)
        }
    }
}

private func opening<Value: ~Copyable>(
    _ path: FilePath, _ open: (FilePath) throws(Errno) -> Value
) throws(ArchiveError) -> Value {
    do {
        return try open(path)
    } catch {
        throw ArchiveError(
            .sourceUnreadable, "The folder '\(path)' can't be opened: \(error).", cause: error)
    }
}

extension DirectoryStack {
    /// The open folder at `components`; nil when it is missing or a link is in the way.
    fileprivate mutating func existing(
        _ components: some Collection<[UInt8]>
    ) throws(Errno) -> FileDescriptor? {
        let missing: [Errno] = [
            .noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels,
        ]
        do {
            return try folder(at: components)
        } catch {
            if missing.contains(error) { return nil }
            throw error
        }
    }
}

/// The result of a call, or nil when it fails with one of `errors`.
private func nilFor<Value>(
    _ errors: [Errno], _ call: () throws(Errno) -> Value?
) throws(Errno) -> Value? {
    do {
        return try call()
    } catch {
        if errors.contains(error) { return nil }
        throw error
    }
}
