// SPDX-License-Identifier: Apache-2.0

import PropertyTesting
import Testing

@testable import ExecutorService

@Suite(.timeLimit(.minutes(2)))
struct OutputChunkerTests {
    /// One thing that happens to a chunker.
    private enum Event: Sendable {
        case output([UInt8], OutputStream)
        case flush
    }

    private static let bytes: Generator<[UInt8]> = .oneOf(
        Generator<String>.string(of: "ab\n", count: 0...60).map { Array($0.utf8) },
        Generator<String>.unicode(count: 0...20).map { Array($0.utf8) },
        .bytes(count: 0...20),
        .element(of: [
            Array("\u{1B}[1;31mred\u{1B}[0m".utf8), Array("\u{1B}]0;title\u{07}".utf8), [0], [0xF0],
            [0x9F, 0x98], [0x80], [0xE0, 0x80], [0xED, 0xA0],
        ]))

    private static let events: Generator<[Event]> =
        Generator<Event>.weighted(
            (4, zip(bytes, .anyCase).map { .output($0, $1) }), (1, .constant(.flush))
        ).array(count: 0...12)

    private func run(_ events: [Event], limit: Int) -> [OutputChunk] {
        var chunker = OutputChunker(limit: limit)
        var chunks: [OutputChunk] = []
        for event in events {
            switch event {
            case .output(let bytes, let stream): chunks += chunker.add(bytes, to: stream)
            case .flush: chunks += chunker.flush()
            }
        }
        return chunks + chunker.finish()
    }

    @Test func `chunks hold each stream whole, repaired and within the limit`() async {
        await checkProperty(
            "Chunks hold each stream", cases: 500, zip(Self.events, .integer(in: 4...40))
        ) { events, limit in
            let chunks = run(events, limit: limit)
            for stream in OutputStream.allCases {
                let written = events.flatMap { event -> [UInt8] in
                    if case .output(let bytes, stream) = event { bytes } else { [] }
                }
                let text = chunks.filter { $0.stream == stream }.map(\.text).joined()
                let expected = String(decoding: written, as: UTF8.self)
                    .unicodeScalars.filter { $0 != "\0" }
                try requireEqual(
                    Array(text.unicodeScalars), Array(expected), "The stream's text differs.")
            }
            for chunk in chunks {
                try require(!chunk.text.isEmpty, "A chunk is empty.")
                try require(chunk.text.utf8.count <= limit, "A chunk is too long.")
            }
        }
    }

    @Test func `cutting the output anywhere changes nothing but the chunks' bounds`() async {
        await checkProperty(
            "Cuts change nothing",
            zip(Self.bytes.array(count: 0...6).map { Array($0.joined()) }, .bytes(count: 0...20))
        ) { bytes, cuts in
            var repair = UTF8Repair()
            var text: [UInt8] = []
            var rest = bytes[...]
            for cut in cuts {
                text += repair.add(rest.prefix(Int(cut) % 7))
                rest = rest.dropFirst(Int(cut) % 7)
            }
            text += repair.add(rest) + repair.finish()
            var whole = UTF8Repair()
            try requireEqual(text, whole.add(bytes) + whole.finish())
        }
    }

    @Test func `a flush gives whole lines and keeps the rest for the next one`() {
        var chunker = OutputChunker(limit: 100)
        #expect(chunker.add(Array("one\ntwo\nth".utf8), to: .standardOutput) == [])
        #expect(chunker.flush() == [OutputChunk(stream: .standardOutput, text: "one\ntwo\n")])
        #expect(!chunker.isEmpty)
        #expect(chunker.flush() == [OutputChunk(stream: .standardOutput, text: "th")])
        #expect(chunker.isEmpty)
    }

    @Test func `a long output is cut after lines`() {
        var chunker = OutputChunker(limit: 10)
        let chunks = chunker.add(Array("aaaa\nbbbb\ncccc\nd".utf8), to: .standardOutput)
        #expect(chunks.map(\.text) == ["aaaa\nbbbb\n"])
        #expect(chunker.finish().map(\.text) == ["cccc\nd"])
    }

    @Test func `an escape sequence is not cut`() {
        var chunker = OutputChunker(limit: 8)
        var chunks = chunker.add(Array("abcdef\u{1B}[31mred".utf8), to: .standardOutput)
        chunks += chunker.add(Array("\u{1B}[0".utf8), to: .standardOutput)
        chunks += chunker.flush() + chunker.add(Array("m".utf8), to: .standardOutput)
        chunks += chunker.finish()
        #expect(chunks.map(\.text) == ["abcdef", "\u{1B}[31mred", "\u{1B}[0m"])
    }

    @Test func `lines of both streams keep their order`() {
        var chunker = OutputChunker(limit: 100)
        var chunks = chunker.add(Array("1\n".utf8), to: .standardOutput)
        chunks += chunker.add(Array("2\n".utf8), to: .standardError)
        chunks += chunker.add(Array("3\n".utf8), to: .standardOutput)
        #expect((chunks + chunker.finish()).map(\.text) == ["1\n", "2\n", "3\n"])
    }
}
