// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct TextTests {
    @Test func `a cut keeps whole scalars and as many bytes as fit`() async {
        let cases = zip(
            Generator<String>.unicode(count: 0...30), Generator<Int>.integer(in: -2...90))
        await checkProperty("Cuts", cases: 300, cases) { text, bytes in
            let prefix = UTF8Text.prefix(of: text, bytes: bytes)
            let suffix = UTF8Text.suffix(of: text, bytes: bytes)
            try require(text.utf8.starts(with: prefix.utf8))
            try require(text.utf8.reversed().starts(with: suffix.utf8.reversed()))
            let whole = text.utf8.count
            for part in [prefix, suffix] {
                try require(part.utf8.count <= max(0, bytes))
                try require(part.utf8.count == whole || part.utf8.count >= bytes - 3)
                try require(part.unicodeScalars.allSatisfy(text.unicodeScalars.contains))
            }
        }
    }

    @Test func `a cut may split a character, but no scalar`() {
        #expect(UTF8Text.prefix(of: "e\u{301}x", bytes: 2) == "e")
        #expect(UTF8Text.prefix(of: "aé", bytes: 2) == "a")
        #expect(UTF8Text.suffix(of: "éa", bytes: 2) == "a")
        #expect(UTF8Text.suffix(of: "a😀", bytes: 4) == "😀")
        #expect(UTF8Text.prefix(of: "abc", bytes: 0) == "")
    }

    @Test func `any JSON value is read back from its text`() async {
        await checkProperty("JSON", cases: 500, Generator<JSONValue>.json(depth: 4)) { value in
            let text = try JSONText.string(value)
            try requireEqual(try JSONText.decode(JSONValue.self, from: text), value)
            try requireEqual(
                try JSONText.decode(JSONValue.self, from: JSONText.bytes(value)), value)
            try require(!text.utf8.contains(UInt8(ascii: "\n")))
        }
    }

    @Test func `members are sorted and slashes plain`() throws {
        #expect(try JSONText.string(["b": 1, "a": "x/y"] as JSONValue) == #"{"a":"x/y","b":1}"#)
    }

    @Test(arguments: ["", "{", "[1", "[1,,2]", "{\"a\":}", "nul", "\"\\ud800\""])
    func `text that is no JSON is refused`(_ text: String) {
        #expect(throws: DecodingError.self) {
            _ = try JSONText.decode(JSONValue.self, from: text)
        }
    }

    @Test func `the greatest whole numbers keep every digit`() throws {
        for number in [Int64.max, Int64.min, 9_007_199_254_740_993] {
            let value = try JSONText.decode(JSONValue.self, from: String(number))
            #expect(value == .integer(number))
            #expect(try JSONText.string(value) == String(number))
        }
    }

    @Test func `a number that isn't finite can't be said in JSON`() {
        #expect(throws: EncodingError.self) { _ = try JSONText.string(JSONValue.number(.nan)) }
    }
}
