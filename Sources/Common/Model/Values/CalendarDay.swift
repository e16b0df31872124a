// SPDX-License-Identifier: Apache-2.0

/// A day of the Gregorian calendar in UTC: what a daily quota counts by.
public struct CalendarDay: Hashable, Sendable {
    /// Whole days since 1970-01-01.
    public let daysSince1970: Int

    /// Creates the day that many days after 1970-01-01.
    public init(daysSince1970: Int) {
        self.daysSince1970 = daysSince1970
    }

    /// When the day after this one begins: when a daily quota starts anew.
    public var end: Timestamp { Timestamp(milliseconds: Int64(daysSince1970 + 1) * 86_400_000) }

    /// Reads the ten bytes of `yyyy-MM-dd`; nil when they aren't a date.
    init?(_ bytes: ArraySlice<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = decimal(bytes[0..<4]), let month = decimal(bytes[5..<7]),
            let day = decimal(bytes[8..<10]),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        // Days from civil, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSince1970 = era * 146_097 + dayOfEra - 719_468
        guard description.utf8.elementsEqual(bytes) else { return nil }
    }
}

extension CalendarDay: CustomStringConvertible {
    /// The day as `yyyy-MM-dd`.
    public var description: String {
        // Civil from days, the inverse of the algorithm above.
        let shifted = daysSince1970 + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex + (monthIndex < 10 ? 3 : -9)
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}
