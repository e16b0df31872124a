// SPDX-License-Identifier: Apache-2.0

import PropertyTesting
import Testing

@testable import TlaoSDK

@Suite(.timeLimit(.minutes(3))) struct ServerSentEventParserTests {
    private func events(_ text: String) -> [ServerSentEvent] {
        var parser = ServerSentEventParser()
        return parser.parse(Array(text.utf8))
    }

    @Test(arguments: ["\n", "\r", "\r\n"])
    func `an event ends with an empty line, whatever ends lines`(end: String) {
        let text = ["id: 7", "event: log", "data: one", "data:two", ": comment", "", ""]
            .joined(separator: end)
        #expect(events(text) == [ServerSentEvent(type: "log", data: "one\ntwo", id: "7")])
    }

    @Test func `an event without data is none`() {
        #expect(events("event: keepalive\n\ndata: x\n\n").map(\.type) == ["message"])
    }

    @Test func `the last id stays until another one comes`() {
        let ids = events("data: a\n\nid: 1\ndata: b\n\ndata: c\n\nid: x\0y\ndata: d\n\n").map(\.id)
        #expect(ids == [nil, "1", "1", "1"])
    }

    @Test func `a byte order mark counts only at the start`() {
        let bom = "\u{FEFF}"
        #expect(events("\(bom)data: a\n\n\(bom)data: b\n\n").map(\.data) == ["a"])
    }

    @Test func `an event that the stream's end cuts off is none`() {
        #expect(events("data: a\n\ndata: b\n").map(\.data) == ["a"])
    }

    @Test(arguments: [("12", Duration.milliseconds(12)), ("1x", nil), ("", nil), ("-1", nil)])
    func `retry takes digits alone`(value: String, expected: Duration?) {
        var parser = ServerSentEventParser()
        _ = parser.parse(Array("retry: \(value)\n".utf8))
        #expect(parser.retry == expected)
    }

    @Test func `a line without an end makes the stream unusable, and is not kept`() {
        var parser = ServerSentEventParser()
        let chunk = [UInt8](repeating: 0x61, count: ServerSentEventParser.eventLimit)
        _ = parser.parse(chunk)
        #expect(!parser.isBroken)
        _ = parser.parse([0x61])
        #expect(parser.isBroken)
    }

    @Test func `an event of endless lines makes the stream unusable`() {
        var parser = ServerSentEventParser()
        let line = Array("data: ".utf8) + [UInt8](repeating: 0x61, count: 1 << 20) + [0x0A]
        for _ in 0..<9 { _ = parser.parse(line) }
        #expect(parser.isBroken)
    }

    /// Lines that mean something, and any bytes.
    private static let line: Generator<[UInt8]> = .weighted(
        (
            6,
            zip(
                Generator<String>.element(of: ["data", "event", "id", "retry", "", "unknown"]),
                .element(of: [":", ": ", ":  ", ""]), .unicode(count: 0...12)
            ).map { field, colon, value in [UInt8]((field + colon + value).utf8) }
        ),
        (3, .constant([])), (1, .bytes(count: 0...8)))

    /// Streams of lines that end in all three ways.
    private static let stream: Generator<[UInt8]> = zip(
        Generator<Bool>.boolean,
        zip(line, Generator<String>.element(of: ["\n", "\r", "\r\n"]))
            .map { line, end in line + [UInt8](end.utf8) }.array(count: 0...24)
    ).map { hasMark, lines in (hasMark ? [0xEF, 0xBB, 0xBF] : []) + lines.joined() }

    @Test func `Property 29: the parser yields the same events however the stream is cut`()
        async
    {
        let cuts = Generator<UInt16>.integer.array(count: 0...12)
        await checkProperty("Property 29", cases: 500, zip(Self.stream, cuts)) { stream, cuts in
            var whole = ServerSentEventParser()
            let expected = whole.parse(stream)
            var pieces = ServerSentEventParser()
            var events: [ServerSentEvent] = []
            var start = 0
            for cut in cuts.map({ Int($0) % (stream.count + 1) }).sorted() + [stream.count] {
                events += pieces.parse(Array(stream[start..<max(start, cut)]))
                start = max(start, cut)
            }
            try requireEqual(events, expected)
            try requireEqual(pieces.retry, whole.retry)
            var bytewise = ServerSentEventParser()
            try requireEqual(stream.flatMap { bytewise.parse([$0]) }, expected)
        }
    }
}
