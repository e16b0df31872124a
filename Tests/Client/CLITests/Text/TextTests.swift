// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import Testing

@testable import CLI

@Suite(.timeLimit(.minutes(1))) struct TextTests {
    @Test(
        arguments: [
            (0, "0 B"), (1_023, "1023 B"), (1_024, "1.0 KiB"), (1_536, "1.5 KiB"),
            (1_048_530, "1.0 MiB"), (1_048_576, "1.0 MiB"), (31_457_280, "30.0 MiB"),
            (1_073_741_824, "1.0 GiB"), (Int64.max, "8388608.0 TiB"),
        ] as [(Int64, String)])
    func `sizes are shown in the largest unit of which there is one`(bytes: Int64, text: String) {
        #expect(ByteCount.text(bytes) == text)
    }

    @Test(
        arguments: [
            (0, "now"), (-5_000, "now"), (59_999, "59 s ago"), (60_000, "1 min ago"),
            (3_600_000, "1 h ago"), (86_400_000, "1 d ago"), (604_800_000, "2026-01-01"),
        ] as [(Int64, String)])
    func `times are shown as ages, old ones as days`(age: Int64, text: String) throws {
        let time = try requireValue(Timestamp(iso8601: "2026-01-01T12:00:00Z"))
        let now = Timestamp(milliseconds: time.milliseconds + age)
        #expect(TimeText.age(of: time, at: now) == text)
    }

    @Test(
        arguments: [
            (450, "0.4 s"), (9_999, "9.9 s"), (10_000, "10 s"), (185_000, "3 min 05 s"),
            (3_720_000, "1 h 02 min"), (-1, "0.0 s"),
        ] as [(Int64, String)])
    func `durations are shown in two units at most`(milliseconds: Int64, text: String) {
        #expect(TimeText.duration(.milliseconds(milliseconds)) == text)
    }

    @Test func `what steers a terminal is escaped, all else stays`() {
        #expect("naïve ✔ 日本".escapedForTerminal == "naïve ✔ 日本")
        #expect("a\u{1B}[2J\r\n\t\0\u{7F}".escapedForTerminal == #"a\u{1b}[2J\r\n\t\u{0}\u{7f}"#)
        #expect("\u{9B}31m\u{202E}txt".escapedForTerminal == #"\u{9b}31m\u{202e}txt"#)
        #expect("one\ntwo\u{7}".escapedByLine == "one\ntwo\\u{7}")
    }

    @Test func `no text keeps a control character`() async {
        await checkProperty("escaped text", Generator<String>.unicode(count: 0...30)) { text in
            let escaped = text.escapedForTerminal.unicodeScalars
            try require(escaped.allSatisfy { $0.properties.generalCategory != .control })
        }
    }

    @Test func `columns are aligned, wide characters counted as two`() {
        var table = Table("A", "NAME", "")
        table.add("1", "日本", "x")
        table.add("22", "b", "")
        let plain = Palette(isTerminal: false, environment: [:])
        #expect(table.lines(plain) == ["A   NAME", "1   日本  x", "22  b"])
    }

    @Test func `colour is for terminals that want it`() {
        #expect(Palette(isTerminal: true, environment: [:]).isColoured)
        #expect(Palette(isTerminal: true, environment: ["NO_COLOR": ""]).isColoured)
        #expect(!Palette(isTerminal: true, environment: ["NO_COLOR": "1"]).isColoured)
        #expect(!Palette(isTerminal: true, environment: ["TERM": "dumb"]).isColoured)
        #expect(!Palette(isTerminal: false, environment: [:]).isColoured)
    }
}
