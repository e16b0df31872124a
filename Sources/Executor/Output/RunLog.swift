// SPDX-License-Identifier: Apache-2.0

import Model
import NIOCore
import SystemPackage
import _NIOFileSystem

/// A run's raw output on disk: its beginning and its end, each at least as long as what may be
/// stored of it, so that however much an agent writes the disk holds no more than three times that.
///
/// Written by one task at a time. No file stays open in between.
actor RunLog {
    /// How much output there was.
    private(set) var size: Int64 = 0

    private let folder: FilePath
    private let limit: Int64
    private var segments: [Segment] = []

    /// How much is copied at once.
    private static let block = 256 << 10

    /// A stretch of the output in a file of its own.
    private struct Segment {
        let path: FilePath
        var range: Range<Int64>
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
            let range = segments[index].range
            let part = Array(rest.prefix(Int(limit) - range.count))
            try await FileWork.shared.append(part, to: segments[index].path)
            size += Int64(part.count)
            segments[index].range = range.lowerBound..<size
            rest = rest.dropFirst(part.count)
        }
    }

    /// Has a last segment with room; of full ones the first and the last stay.
    private func makeRoom() async throws {
        if let last = segments.last, last.range.count < limit { return }
        if segments.count == 3 {
            let old = segments.remove(at: 1)
            try await FileSystem.shared.removeItem(
                at: old.path, strategy: .platformDefault, recursively: false)
        }
        segments.append(Segment(path: folder.appending("output-\(size)"), range: size..<size))
    }

    /// Writes what is stored of the log to a new file, cut by the rule where it is too long, and
    /// answers whether it was.
    func store(at path: FilePath, limit: Int) async throws -> Bool {
        let truncation = LogTruncation(size: size, limit: limit)
        let cut = truncation.cut(
            headWindow: try await read(truncation.headWindow),
            tailWindow: try await read(truncation.tailWindow))
        try await copy(cut.head, to: path)
        try await FileWork.shared.append(cut.marker, to: path)
        try await copy(cut.tail, to: path)
        return truncation.isNeeded
    }

    private func copy(_ range: Range<Int64>, to path: FilePath) async throws {
        for part in stride(from: range.lowerBound, to: range.upperBound, by: Self.block) {
            let bytes = try await read(part..<min(part + Int64(Self.block), range.upperBound))
            try await FileWork.shared.append(bytes, to: path)
        }
    }

    /// Reads a range of the output that is in the first or the last segments.
    private func read(_ range: Range<Int64>) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for segment in segments {
            let part = segment.range.clamped(to: range)
            guard !part.isEmpty else { continue }
            let start = part.lowerBound - segment.range.lowerBound
            bytes += try await FileSystem.shared.withFileHandle(forReadingAt: segment.path) {
                Array(
                    buffer: try await $0.readChunk(
                        fromAbsoluteOffset: start, length: .bytes(Int64(part.count))))
            }
        }
        return bytes
    }
}
