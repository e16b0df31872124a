// SPDX-License-Identifier: Apache-2.0

/// Cuts an agent's output into steps: whole lines where possible, never a character in two, and no
/// escape sequence of a terminal (ECMA-48) as long as that can be helped.
///
/// Pure: what comes out depends on what was added and when it was flushed, and all chunks of one
/// stream together are what ``UTF8Repair`` makes of it.
struct OutputChunker: Sendable {
    private let limit: Int
    private var texts: [OutputStream: StreamText] = [:]
    private var current: OutputStream?

    /// Creates a chunker whose chunks have at most `limit` bytes of UTF-8, at least four.
    init(limit: Int) {
        self.limit = max(4, limit)
    }

    /// Whether nothing waits to be flushed.
    var isEmpty: Bool { texts.values.allSatisfy { $0.text.isEmpty } }

    /// Adds output and answers the chunks that are full.
    ///
    /// Lines of the other stream come out first, so that the order of the streams is kept by lines.
    mutating func add(_ bytes: some Sequence<UInt8>, to stream: OutputStream) -> [OutputChunk] {
        var chunks: [OutputChunk] = []
        if let current, current != stream {
            chunks += take(current) { $0.takeLines() }
        }
        current = stream
        var text = texts[stream] ?? StreamText()
        text.add(bytes)
        texts[stream] = text
        return chunks + take(stream) { [limit] in $0.takeFull(limit) }
    }

    /// Answers what was gathered: the whole lines, or else what there is of a line.
    mutating func flush() -> [OutputChunk] {
        OutputStream.allCases.flatMap { stream in
            take(stream) { text in
                let lines = text.takeLines()
                return lines.isEmpty ? text.takePartialLine() : lines
            }
        }
    }

    /// Answers all that is left: nothing follows.
    mutating func finish() -> [OutputChunk] {
        OutputStream.allCases.flatMap { stream in take(stream) { $0.takeAll() } }
    }

    private mutating func take(
        _ stream: OutputStream, _ part: (inout StreamText) -> [UInt8]
    ) -> [OutputChunk] {
        guard var text = texts[stream] else { return [] }
        let taken = part(&text)
        texts[stream] = text
        return StreamText.pieces(of: taken, limit: limit).map {
            OutputChunk(stream: stream, text: String(decoding: $0, as: UTF8.self))
        }
    }
}

/// One stream's repaired output that is no chunk yet.
private struct StreamText: Sendable {
    private(set) var text: [UInt8] = []
    private var repair = UTF8Repair()

    private static let newline = UInt8(ascii: "\n")
    private static let escape = UInt8(0x1B)
    /// How far back an unfinished escape sequence is looked for; a longer one is cut.
    private static let longestSequence = 256

    mutating func add(_ bytes: some Sequence<UInt8>) { text += repair.add(bytes) }

    mutating func takeAll() -> [UInt8] {
        defer { text = [] }
        return text + repair.finish()
    }

    mutating func takeLines() -> [UInt8] {
        guard let end = text.lastIndex(of: Self.newline) else { return [] }
        return take(end + 1)
    }

    mutating func takePartialLine() -> [UInt8] {
        take(Self.endBeforeOpenSequence(text[...]))
    }

    /// Takes as many whole pieces of `limit` as there are.
    mutating func takeFull(_ limit: Int) -> [UInt8] {
        var end = 0
        while text.count - end >= limit { end = Self.cut(text[end...], limit) }
        return take(end)
    }

    private mutating func take(_ count: Int) -> [UInt8] {
        defer { text.removeFirst(count) }
        return Array(text[..<count])
    }

    /// Cuts text into pieces of at most `limit` bytes.
    static func pieces(of text: [UInt8], limit: Int) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = text[...]
        while !rest.isEmpty {
            let end = cut(rest, limit)
            pieces.append(rest[..<end])
            rest = rest[end...]
        }
        return pieces
    }

    /// Where the first piece of at most `limit` bytes ends; past its beginning always.
    private static func cut(_ text: ArraySlice<UInt8>, _ limit: Int) -> Int {
        guard text.count > limit else { return text.endIndex }
        let room = text.prefix(limit)
        if let newline = room.lastIndex(of: newline) { return newline + 1 }
        var end = room.endIndex
        while end > text.startIndex, text[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
        let whole = endBeforeOpenSequence(text[..<end])
        return whole > text.startIndex ? whole : end
    }

    /// The end of the text without an escape sequence that has begun and not ended.
    private static func endBeforeOpenSequence(_ text: ArraySlice<UInt8>) -> Int {
        let tail = text.suffix(longestSequence)
        guard let start = tail.lastIndex(of: escape), isOpen(tail[(start + 1)...]) else {
            return text.endIndex
        }
        return start
    }

    /// Whether what follows an escape character leaves its sequence open.
    private static func isOpen(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let kind = bytes.first else { return true }
        switch kind {
        case UInt8(ascii: "["):
            return !bytes.dropFirst().contains { !(0x20...0x3F).contains($0) }
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
            // A string: ended by BEL, or by ESC \, whose ESC would have been the last one.
            return !bytes.contains(0x07)
        case 0x20...0x2F:
            return !bytes.contains { !(0x20...0x2F).contains($0) }
        default: return false
        }
    }
}
