// SPDX-License-Identifier: Apache-2.0

/// Numbers the integers of a range by their distance from the simplest one.
///
/// 0 stands for the simplest; then the values above and below it alternate for as long as there are
/// both, and what remains on the longer side follows in order.
struct DistanceEncoding<Value: FixedWidthInteger & Sendable>: Sendable {
    let range: ClosedRange<Value>
    private let simplest: Value
    private let above: UInt64
    private let below: UInt64

    init(_ range: ClosedRange<Value>) {
        self.range = range
        simplest = min(max(0, range.lowerBound), range.upperBound)
        above = Self.distance(from: simplest, to: range.upperBound)
        below = Self.distance(from: range.lowerBound, to: simplest)
    }

    /// The choice that stands for the value farthest away.
    var greatest: UInt64 { above + below }

    func value(of choice: UInt64) -> Value {
        let paired = 2 * min(above, below)
        let isAbove = choice <= paired ? !choice.isMultiple(of: 2) : above > below
        let distance = choice <= paired ? choice / 2 + choice % 2 : choice - paired / 2
        let magnitude = Value(truncatingIfNeeded: distance)
        return isAbove ? simplest &+ magnitude : simplest &- magnitude
    }

    func choice(of value: Value) -> UInt64 {
        let isAbove = value > simplest
        let distance =
            isAbove
            ? Self.distance(from: simplest, to: value) : Self.distance(from: value, to: simplest)
        let both = min(above, below)
        if distance > both { return distance + both }
        return isAbove ? 2 * distance - 1 : 2 * distance
    }

    private static func distance(from lower: Value, to upper: Value) -> UInt64 {
        UInt64(Value.Magnitude(truncatingIfNeeded: upper &- lower))
    }
}
