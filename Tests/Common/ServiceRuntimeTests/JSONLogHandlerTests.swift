// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import PropertyTesting
import TestSupport
import Testing

@testable import ServiceRuntime

@Suite(.timeLimit(.minutes(1))) struct JSONLogHandlerTests {
    private struct Failure: Error, CustomStringConvertible {
        let description = "it broke"
    }

    private static let moment = Timestamp(milliseconds: 1_000)

    private func event(
        _ message: String, error: (any Error)? = nil, _ metadata: Logger.Metadata? = nil
    ) -> LogEvent {
        LogEvent(
            level: .info, message: "\(message)", error: error, metadata: metadata, source: nil,
            file: #fileID, function: #function, line: #line)
    }

    private func json(_ line: [UInt8]) throws -> JSONValue {
        try JSONText.decode(JSONValue.self, from: line)
    }

    @Test func `whatever is logged is one line of JSON that holds all of it`() async {
        let text = Generator<String>.unicode(count: 0...40)
        let metadata = Generator<[String: String]>.dictionary(
            text.map { "key " + $0 }, text, count: 0...5)
        await checkProperty("Log lines", zip(text, metadata)) { message, metadata in
            let handler = JSONLogHandler(label: "tlao.test", level: .debug)
            let line = handler.line(
                of: event(message, metadata.mapValues { .string($0) }), at: Self.moment)
            try requireEqual(line.filter { $0 == UInt8(ascii: "\n") }.count, 1)
            try requireEqual(line.last, UInt8(ascii: "\n"))
            let json = try json(line)
            try requireEqual(json["message"], .string(message))
            for (key, value) in metadata { try requireEqual(json[key], .string(value)) }
        }
    }

    @Test func `a line says when, how bad, by whom and what`() throws {
        let handler = JSONLogHandler(label: "tlao.test", level: .info)
        let line = handler.line(of: event("Run accepted"), at: Self.moment)
        #expect(
            try json(line) == [
                "time": "1970-01-01T00:00:01.000Z", "level": "info", "logger": "tlao.test",
                "message": "Run accepted",
            ])
    }

    @Test func `the line's metadata wins over the provider's, and that over the logger's`() throws {
        var handler = JSONLogHandler(label: "tlao.test", level: .info)
        handler.metadata = ["a": "logger", "b": "logger", "c": "logger"]
        handler.metadataProvider = Logger.MetadataProvider { ["b": "provider", "c": "provider"] }
        let json = try json(handler.line(of: event("m", ["c": "line"]), at: Self.moment))
        #expect([json["a"], json["b"], json["c"]] == ["logger", "provider", "line"])
    }

    @Test func `nested metadata stays nested`() throws {
        let handler = JSONLogHandler(label: "tlao.test", level: .info)
        let metadata: Logger.Metadata = [
            "runs": ["one", "two"], "worker": ["slots": .stringConvertible(4)],
        ]
        let json = try json(handler.line(of: event("m", metadata), at: Self.moment))
        #expect(json["runs"] == ["one", "two"])
        #expect(json["worker"] == ["slots": "4"])
    }

    @Test func `no metadata hides what every line says`() throws {
        let handler = JSONLogHandler(label: "tlao.test", level: .info)
        let metadata: Logger.Metadata = ["level": "x", "message": "x", "time": "x", "logger": "x"]
        let line = handler.line(of: event("m", metadata), at: Self.moment)
        #expect(try json(line)["message"] == "m")
        #expect(try json(line)["level"] == "info")
    }

    @Test func `an error given with the message is not lost`() throws {
        let handler = JSONLogHandler(label: "tlao.test", level: .info)
        let plain = handler.line(of: event("m", error: Failure()), at: Self.moment)
        #expect(try json(plain)["error"] == "it broke")
        let told = event("m", error: Failure(), ["error": "told"])
        #expect(try json(handler.line(of: told, at: Self.moment))["error"] == "told")
    }
}
