// SPDX-License-Identifier: Apache-2.0

import SystemPackage

/// One archive being unpacked, on a thread that may block.
struct Extraction: ~Copyable {
    private let reader: TarReader
    private let limits: ExtractionLimits
    private let cancellation: CancellationFlag
    private var tree: EntryTree
    private var destination: DirectoryStack
    private var summary = ExtractionSummary()

    init(
        of reader: TarReader, into destination: consuming DirectoryStack,
        limits: ExtractionLimits, cancellation: CancellationFlag
    ) {
        self.reader = reader
        self.destination = destination
        self.limits = limits
        self.cancellation = cancellation
        tree = EntryTree(
            maximumNodes: limits.entries, maximumDepth: limits.depth,
            allowsCaseCollisions: limits.allowsCaseCollisions)
    }

    /// Unpacks everything; symbolic links last, so that none exists while names are written.
    consuming func run() throws(ArchiveError) -> ExtractionSummary {
        while let entry = try reader.nextEntry() {
            try cancellation.check()
            try extract(entry)
        }
        try reader.finish()
        try tree.checkLinks()
        try makeLinks()
        for warning in reader.warnings { summary.note(warning) }
        return summary
    }

    private mutating func extract(_ entry: TarEntry) throws(ArchiveError) {
        switch entry.kind {
        case .file:
            try writeFile(entry, at: try tree.add(entry.path, .file))
        case .directory:
            let place = try tree.add(entry.path, .directory(isListed: true))
            try writing(entry.path) { (destination) throws(Errno) in
                _ = try destination.folder(at: place, creating: true)
            }
            summary.directories += 1
        case .symbolicLink(let target):
            _ = try tree.add(entry.path, .symbolicLink(target: target))
            summary.symbolicLinks += 1
        case .hardLink(let target):
            try makeHardLink(entry.path, to: target)
        case .other:
            throw ArchiveError(
                .unsupportedEntry,
                "The entry '\(entry.path)' is no file, folder or link but a device or pipe.",
                entry: entry.path)
        }
    }

    // MARK: Files

    private mutating func writeFile(
        _ entry: TarEntry, at place: [[UInt8]]
    ) throws(ArchiveError) {
        guard let name = place.last else { return }
        try checkSize(entry.size, of: entry)
        let file = try writing(entry.path) { (destination) throws(Errno) in
            try SystemCalls.createFile(
                name, in: try destination.folder(at: place.dropLast(), creating: true),
                isExecutable: entry.isExecutable)
        }
        do {
            try writeContent(of: entry, to: file)
        } catch {
            SystemCalls.close(file)
            throw error
        }
        try writing(entry.path) { (_) throws(Errno) in try SystemCalls.closeWritten(file) }
        summary.files += 1
    }

    private mutating func writeContent(
        of entry: TarEntry, to file: FileDescriptor
    ) throws(ArchiveError) {
        var written: Int64 = 0
        while let block = try reader.nextBlock() {
            try cancellation.check()
            // Checked for each block too: it is the blocks that reach the disk.
            let (end, overflow) = block.offset.addingReportingOverflow(Int64(block.bytes.count))
            guard !overflow, block.offset >= written else {
                throw ArchiveError(
                    .damaged, "The content of '\(entry.path)' is out of order.",
                    entry: entry.path)
            }
            try checkSize(end, of: entry)
            try writing(entry.path) { (_) throws(Errno) in
                try SystemCalls.write(file, block.bytes, at: block.offset)
            }
            written = end
        }
        let size = max(entry.size, written)
        try writing(entry.path) { (_) throws(Errno) in
            // The hole at the end of a sparse file.
            if written < size { try SystemCalls.resize(file, to: size) }
            if let time = entry.modifiedAt {
                try SystemCalls.setModificationTime(file, secondsSince1970: time)
            }
        }
        summary.bytes += size
    }

    private func checkSize(_ size: Int64, of entry: TarEntry) throws(ArchiveError) {
        guard size >= 0, size <= limits.fileBytes else {
            throw ArchiveError(
                .limitExceeded,
                "The entry '\(entry.path)' has more than \(limits.fileBytes) bytes.",
                entry: entry.path)
        }
        guard size <= limits.totalBytes - summary.bytes else {
            throw ArchiveError(
                .limitExceeded,
                "With '\(entry.path)' the archive unpacks to more than \(limits.totalBytes) bytes.",
                entry: entry.path)
        }
    }

    // MARK: Links

    private mutating func makeHardLink(
        _ path: EntryPath, to target: EntryPath
    ) throws(ArchiveError) {
        let existing: [[UInt8]]?
        do {
            existing = try tree.file(at: target)
        } catch {
            throw ArchiveError(
                .unsafeEntry, "The hard link '\(path)' leads out of the folder: \(error.reason)",
                entry: path)
        }
        guard let existing, let existingName = existing.last else {
            throw ArchiveError(
                .unsafeEntry,
                "The hard link '\(path)' is to '\(target)', which is no earlier file.",
                entry: path)
        }
        let place = try tree.add(path, .file)
        guard let name = place.last else { return }
        try writing(path) { (destination) throws(Errno) in
            // The stack keeps only one folder open, so the first gets a descriptor of its own.
            let folder = try SystemCalls.openDirectory(
                [UInt8(ascii: ".")], in: try destination.folder(at: existing.dropLast()))
            defer { SystemCalls.close(folder) }
            try SystemCalls.makeHardLink(
                name, in: try destination.folder(at: place.dropLast(), creating: true),
                to: existingName, in: folder)
        }
        summary.files += 1
    }

    private mutating func makeLinks() throws(ArchiveError) {
        for link in tree.links {
            try cancellation.check()
            guard case .symbolicLink(let target) = tree.nodes[link].kind else { continue }
            let path = tree.path(of: link)
            let components = path.components
            guard let name = components.last else { continue }
            try writing(path) { (destination) throws(Errno) in
                try SystemCalls.makeLink(
                    name, in: try destination.folder(at: components.dropLast(), creating: true),
                    target: target)
            }
        }
    }

    private mutating func writing<Value>(
        _ path: EntryPath, _ body: (inout DirectoryStack) throws(Errno) -> Value
    ) throws(ArchiveError) -> Value {
        do {
            return try body(&destination)
        } catch {
            throw ArchiveError(
                .destinationFailed, "The entry '\(path)' can't be written: \(error).",
                entry: path, cause: error)
        }
    }
}
