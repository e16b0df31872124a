// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ValueTests {
    @Test func `a timestamp is read back from its text`() async {
        await checkProperty("Timestamps", cases: 500, Generator<Timestamp>.timestamp) { time in
            try requireEqual(Timestamp(iso8601: time.description), time)
            try requireEqual(try JSONText.decode(Timestamp.self, from: JSONText.string(time)), time)
            try requireEqual(time.description.utf8.count, 24)
        }
    }

    @Test func `texts are in the order of the times`() async {
        let pairs = zip(Generator<Timestamp>.timestamp, Generator<Timestamp>.timestamp)
        await checkProperty("Order of timestamps", pairs) { left, right in
            try requireEqual(left < right, left.description < right.description)
        }
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ])
    func `a timestamp reads as in the calendar`(_ milliseconds: Int64, _ text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
        #expect(Timestamp(iso8601: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000Z"),
        ("2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.500Z"),
        ("2026-01-31T12:00:00.123456789Z", "2026-01-31T12:00:00.123Z"),
    ])
    func `a fraction may have one to nine digits, or be left out`(_ text: String, _ read: String) {
        #expect(Timestamp(iso8601: text)?.description == read)
    }

    @Test(arguments: [
        "", "Z", "2026-01-31", "2026-01-31T12:00:00", "2026-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z",
        "2026-01-31T12:00:60Z", "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00,5Z",
        "2026-01-31T12:00:00.1234567890Z", "2026-01-31T12:00:00+01:00", "2026-01-3éT12:00:00Z",
        "+026-01-31T12:00:00Z", "2026-01-31 12:00:00Z", "2100-02-29T00:00:00Z",
    ])
    func `text that is no UTC time is refused`(_ text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test func `any text is either refused or a time that reads back`() async {
        let texts = Generator<String>.string(of: "0129-:.TZ+é", count: 18...31)
        await checkProperty("Any text", cases: 500, texts) { text in
            guard let time = Timestamp(iso8601: text) else { return }
            try requireEqual(Timestamp(iso8601: time.description), time)
        }
    }

    @Test func `a day follows the day before it, and begins where that ends`() async {
        await checkProperty("Days", cases: 300, Generator<Int>.integer(in: 0...2_932_895)) {
            number in
            let day = CalendarDay(daysSince1970: number)
            try requireEqual(day.end.day, CalendarDay(daysSince1970: number + 1))
            try requireEqual(day.end.advanced(by: .milliseconds(-1)).day, day)
            try require(
                day.end.description.hasPrefix(CalendarDay(daysSince1970: number + 1).description))
        }
    }

    @Test func `advancing and subtracting are inverses, and the end of time is not passed`() async {
        let cases = zip(
            Generator<Timestamp>.timestamp, Generator<Int64>.integer(in: -1_000_000...1_000_000))
        await checkProperty("Advancing", cases) { time, milliseconds in
            let later = time.advanced(by: .milliseconds(milliseconds))
            try requireEqual(later.duration(since: time), .milliseconds(milliseconds))
        }
        let last = Timestamp(milliseconds: .max)
        #expect(last.advanced(by: .seconds(1)) == last)
        #expect(Timestamp(milliseconds: .min).advanced(by: .seconds(-1)).milliseconds == .min)
    }

    @Test func `an identifier is a UUID in lower case and reads back`() async {
        await checkProperty("Identifiers", Generator<RunID>.uuid()) { id in
            try requireEqual(RunID(validating: id.text), id)
            try requireEqual(try JSONText.decode(RunID.self, from: JSONText.string(id)), id)
        }
    }

    @Test(arguments: [
        "", "x", "0199F1C2-0000-7000-8000-000000000000", "0199f1c2-0000-7000-8000-00000000000",
        "0199f1c2-0000-7000-8000-0000000000000", "0199f1c200-00-7000-8000-000000000000",
        "0199f1c2-0000-7000-8000-00000000000g", "0199f1c2-0000-7000-8000-0000000000é",
    ])
    func `text that is no identifier is refused`(_ text: String) {
        #expect(RunID(validating: text) == nil)
    }
}
