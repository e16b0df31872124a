// SPDX-License-Identifier: Apache-2.0

/// A point in time in whole milliseconds since 1970 in UTC: what is stored and what is said,
/// exactly.
public struct Timestamp: Hashable, Sendable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// Creates the point in time `milliseconds` after 1970.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The point in time `duration` later (or earlier), saturating.
    public func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let added = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
        let (sum, overflow) = milliseconds.addingReportingOverflow(added)
        return Timestamp(milliseconds: overflow ? (added > 0 ? .max : .min) : sum)
    }

    /// The time from `earlier` to this point.
    public func duration(since earlier: Timestamp) -> Duration {
        .milliseconds(milliseconds - earlier.milliseconds)
    }

    /// Orders by time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

extension Timestamp: CustomStringConvertible {
    /// The time as ISO 8601 with milliseconds: `2026-01-31T23:59:59.999Z`.
    public var description: String {
        let days = Int((milliseconds / 86_400_000)) - (milliseconds % 86_400_000 < 0 ? 1 : 0)
        let inDay = Int(milliseconds - Int64(days) * 86_400_000)
        let date = CalendarDay(daysSince1970: days)
        let (hours, minutes, seconds) = (inDay / 3_600_000, inDay / 60_000 % 60, inDay / 1_000 % 60)
        return
            "\(date)T\(padded(hours, 2)):\(padded(minutes, 2)):\(padded(seconds, 2)).\(padded(inDay % 1_000, 3))Z"
    }

    /// The UTC day it falls on.
    public var day: CalendarDay {
        CalendarDay(
            daysSince1970: Int(milliseconds / 86_400_000) - (milliseconds % 86_400_000 < 0 ? 1 : 0))
    }

    /// Reads ISO 8601 in UTC (`Z`), with or without a fraction; nil when the text isn't that.
    public init?(iso8601 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let day = CalendarDay(bytes[0..<10]),
            let hours = decimal(bytes[11..<13]), let minutes = decimal(bytes[14..<16]),
            let seconds = decimal(bytes[17..<19]), hours < 24, minutes < 60, seconds < 60
        else { return nil }
        var fraction = 0
        if bytes.count > 20 {
            guard bytes[19] == UInt8(ascii: "."), bytes.count > 21, bytes.count <= 30 else {
                return nil
            }
            let digits = bytes[20..<(bytes.count - 1)]
            guard decimal(digits) != nil else { return nil }
            fraction =
                decimal(
                    (digits.prefix(3) + [UInt8](repeating: 48, count: max(0, 3 - digits.count)))[
                        ...]) ?? 0
        }
        let inDay = ((hours * 60 + minutes) * 60 + seconds) * 1_000 + fraction
        milliseconds = Int64(day.daysSince1970) * 86_400_000 + Int64(inDay)
    }
}

extension Timestamp: Codable {
    /// Reads ISO 8601 text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Timestamp(iso8601: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an ISO 8601 UTC time")
        }
        self = value
    }

    /// Writes ISO 8601 text with milliseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

func decimal(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
    var value = 0
    for byte in bytes {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 48)
    }
    return value
}
