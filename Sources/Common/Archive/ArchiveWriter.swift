// SPDX-License-Identifier: Apache-2.0

public import SystemPackage

/// A gzip-compressed tar archive while it is being written, entry by entry, in constant memory.
///
/// Lent by ``withArchiveWriter(to:options:_:)`` on a thread that may block. It refuses whatever
/// ``ArchiveExtractor`` refuses (a name twice, a link out of the folder, …), so an archive that was
/// written can be unpacked. Of the permissions only "executable" is stored, and no owner.
public struct ArchiveWriter: ~Copyable {
    /// Files, folders and links written so far.
    public private(set) var entries = 0

    /// Bytes of the files written so far, uncompressed.
    public private(set) var contentBytes: Int64 = 0

    private let tar: TarWriter
    private let options: ArchiveOptions
    private let cancellation: CancellationFlag
    private let buffer: CopyBuffer
    private var tree: EntryTree

    init(
        _ destination: ArchiveDestination, options: ArchiveOptions,
        cancellation: CancellationFlag
    ) throws(ArchiveError) {
        self.options = options
        self.cancellation = cancellation
        buffer = CopyBuffer()
        tree = EntryTree(allowsCaseCollisions: options.allowsCaseCollisions)
        tar = try TarWriter(
            try ArchiveOutput(destination, cancellation: cancellation), options: options)
    }

    /// Adds a folder.
    public mutating func addDirectory(_ path: EntryPath) throws(ArchiveError) {
        try add(path, .directory(isListed: true))
    }

    /// Adds a symbolic link; whether it stays inside is known, and checked, at the end.
    public mutating func addSymbolicLink(
        _ path: EntryPath, target: some Collection<UInt8>
    ) throws(ArchiveError) {
        try add(path, .symbolicLink(target: Array(target)))
    }

    /// Adds a file of bytes in memory.
    ///
    /// Without a fixed time of the options its modification time is the beginning of 1970.
    public mutating func addFile(
        _ path: EntryPath, content: [UInt8], isExecutable: Bool = false
    ) throws(ArchiveError) {
        try add(path, .file, size: Int64(content.count), isExecutable: isExecutable)
        try content.span.bytes.withUnsafeBytes { (bytes) throws(ArchiveError) in
            try tar.write(bytes)
        }
        contentBytes += Int64(content.count)
    }

    /// Adds the regular file at `source`; a link there is followed.
    ///
    /// Whoever writes the file meanwhile changes which bytes are packed, never how many: what it
    /// grows by is left out, and one of over 256 KiB that becomes shorter ends the writing with
    /// ``ArchiveError/Code/sourceChanged``.
    public mutating func addFile(
        _ path: EntryPath, from source: FilePath
    ) throws(ArchiveError) {
        let opened: OpenedFile?
        do {
            opened = try OpenedFile(try SystemCalls.openFile(at: source))
        } catch {
            throw unreadable(path, error)
        }
        guard let opened else {
            throw ArchiveError(
                .sourceUnreadable, "'\(source)' is no regular file.", entry: path)
        }
        try add(path, opened)
    }

    /// Adds the file or link at `path` of a folder under the same name, and answers what is there.
    ///
    /// Nil when nothing is. A folder, socket, pipe or device is not added. For files the promise
    /// of ``addFile(_:from:)`` holds.
    @discardableResult
    public mutating func addItem(
        _ path: EntryPath, of folder: inout SourceFolder
    ) throws(ArchiveError) -> FileKind? {
        // Most items are files, and opening one asks what it is anyway.
        if let file = try folder.openFile(path) {
            try add(path, file)
            return .file
        }
        let kind = try folder.kind(of: path)
        switch kind {
        case .symbolicLink:
            guard let target = try folder.target(ofLink: path) else { return nil }
            try addSymbolicLink(path, target: target)
        // A file that was none a moment ago is treated as one that came too late.
        case .file: return nil
        case .directory, .other, nil: break
        }
        return kind
    }

    /// Checks the links, writes the archive's end and what is still buffered.
    consuming func finish() throws(ArchiveError) {
        try tree.checkLinks()
        try tar.finish()
    }

    // MARK: Copying

    /// Copies an opened file and closes it.
    private mutating func add(
        _ path: EntryPath, _ file: OpenedFile
    ) throws(ArchiveError) {
        defer { SystemCalls.close(file.descriptor) }
        let status = file.status
        // What fits into the buffer is read before its size is written, so that it always fits.
        var chunk = try fill(from: file, path, upTo: Int64(buffer.bytes.count))
        let isWhole = chunk < buffer.bytes.count
        let size = isWhole ? Int64(chunk) : max(status.size, Int64(chunk))
        try add(
            path, .file, size: size, isExecutable: status.isExecutable,
            modifiedAt: status.modifiedAt)
        var rest = size
        while true {
            try cancellation.check()
            try tar.write(UnsafeRawBufferPointer(rebasing: buffer.bytes.prefix(chunk)))
            rest -= Int64(chunk)
            if rest == 0 { break }
            chunk = try fill(from: file, path, upTo: rest)
            guard chunk > 0 else {
                throw ArchiveError(
                    .sourceChanged, "'\(path)' became shorter while it was being packed.",
                    entry: path)
            }
        }
        contentBytes += size
    }

    /// Reads until the buffer is full, `limit` bytes are there or the file ends.
    private func fill(
        from file: OpenedFile, _ path: EntryPath, upTo limit: Int64
    ) throws(ArchiveError) -> Int {
        let space = UnsafeMutableRawBufferPointer(
            rebasing: buffer.bytes.prefix(Int(min(limit, Int64(buffer.bytes.count)))))
        var count = 0
        do {
            while count < space.count {
                let more = try SystemCalls.read(
                    file.descriptor, into: .init(rebasing: space.dropFirst(count)))
                if more == 0 { break }
                count += more
            }
        } catch {
            throw unreadable(path, error)
        }
        return count
    }

    private mutating func add(
        _ path: EntryPath, _ kind: EntryTree.Kind, size: Int64 = 0, isExecutable: Bool = false,
        modifiedAt: Int64 = 0
    ) throws(ArchiveError) {
        try cancellation.check()
        let components = try tree.add(path, kind)
        guard !components.isEmpty else { return }
        let time =
            switch options.timestamps {
            case .preserved: modifiedAt
            case .fixed(let time): time
            }
        try tar.begin(path, kind, size: size, isExecutable: isExecutable, modifiedAt: time)
        entries += 1
    }

    private func unreadable(_ path: EntryPath, _ error: Errno) -> ArchiveError {
        ArchiveError(
            .sourceUnreadable, "'\(path)' can't be read: \(error).", entry: path, cause: error)
    }
}
