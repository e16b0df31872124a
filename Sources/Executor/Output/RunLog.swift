// SPDX-License-Identifier: Apache-2.0

import Model
import NIOCore
import SystemPackage
import _NIOFileSystem

/// A run's raw output on disk: its beginning and its end, each at least as long as what may be
/// stored of it, so that however much an agent writes the disk holds no more than three times that.
///
/// Written by one task at a time.
actor RunLog {
    /// How much output there was.
    private(set) var size: Int64 = 0

    /// How much is copied at once.
    private static let block = 256 << 10

    private let folder: FilePath
    private let limit: Int64
    private var segments: [Segment] = []
    private var isClosed = false

    /// A stretch of the output in a file of its own.
    private struct Segment {
        let path: FilePath
        /// Where in the output it begins.
        let start: Int64
        var count: Int64 = 0
        let handle: WriteFileHandle

        var range: Range<Int64> { start..<(start + count) }
    }

    /// Creates a log that can be cut to `limit` bytes; its files go into the existing `folder`.
    init(in folder: FilePath, limit: Int) {
        self.folder = folder
        self.limit = max(4_096, Int64(limit))
    }

    /// Adds output.
    func append(_ bytes: [UInt8]) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            try await makeRoom()
            let index = segments.count - 1
            let room = Int(limit - segments[index].count)
            let part = Array(rest.prefix(room))
            _ = try await segments[index].handle.write(
                contentsOf: part, toAbsoluteOffset: segments[index].count)
            segments[index].count += Int64(part.count)
            size += Int64(part.count)
            rest = rest.dropFirst(part.count)
        }
    }

    /// Has a last segment with room; of full ones the first and the last stay.
    private func makeRoom() async throws {
        if let last = segments.last, last.count < limit { return }
        if segments.count == 3 {
            let old = segments.remove(at: 1)
            try await old.handle.close()
            try await FileSystem.shared.removeItem(
                at: old.path, strategy: .platformDefault, recursively: false)
        }
        let path = folder.appending("output-\(size)")
        let handle = try await FileSystem.shared.openFile(
            forWritingAt: path, options: .newFile(replaceExisting: false))
        segments.append(Segment(path: path, start: size, handle: handle))
    }

    /// Writes what is stored of the log to a new file, cut by the rule where it is too long, and
    /// answers whether it was.
    func store(at path: FilePath, limit: Int) async throws -> Bool {
        let truncation = LogTruncation(size: size, limit: limit)
        let cut = truncation.cut(
            headWindow: try await read(truncation.headWindow),
            tailWindow: try await read(truncation.tailWindow))
        let file = try await FileSystem.shared.openFile(
            forWritingAt: path, options: .newFile(replaceExisting: true))
        do {
            var written = try await copy(cut.head, to: file, at: 0)
            written += try await file.write(contentsOf: cut.marker, toAbsoluteOffset: written)
            _ = try await copy(cut.tail, to: file, at: written)
        } catch {
            try await file.close(makeChangesVisible: false)
            throw error
        }
        try await file.close()
        return truncation.isNeeded
    }

    private func copy(
        _ range: Range<Int64>, to file: WriteFileHandle, at start: Int64
    ) async throws -> Int64 {
        var position = start
        for part in stride(from: range.lowerBound, to: range.upperBound, by: Self.block) {
            let bytes = try await read(part..<min(part + Int64(Self.block), range.upperBound))
            position += try await file.write(contentsOf: bytes, toAbsoluteOffset: position)
        }
        return position - start
    }

    /// Reads a range of the output that is in the first or the last segments.
    private func read(_ range: Range<Int64>) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for segment in segments {
            let part = segment.range.clamped(to: range)
            guard !part.isEmpty else { continue }
            bytes += try await FileSystem.shared.withFileHandle(forReadingAt: segment.path) {
                file in
                Array(
                    buffer: try await file.readChunk(
                        fromAbsoluteOffset: part.lowerBound - segment.start,
                        length: .bytes(Int64(part.count))))
            }
        }
        return bytes
    }

    /// Closes the files; nothing may be added any more.
    func close() async {
        guard !isClosed else { return }
        isClosed = true
        for segment in segments {
            do { try await segment.handle.close() } catch { continue }
        }
    }
}
