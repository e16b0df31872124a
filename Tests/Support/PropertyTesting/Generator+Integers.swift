// SPDX-License-Identifier: Apache-2.0

extension Generator where Value: FixedWidthInteger & Sendable {
    /// Answers an integer of the range, of at most 64 bits.
    ///
    /// Values shrink towards zero, or the end of the range next to it. The range's ends, its
    /// simplest value and small distances from it come up more often than chance would have it,
    /// because that is where mistakes are.
    public static func integer(in range: ClosedRange<Value>) -> Generator {
        precondition(Value.bitWidth <= 64, "Integers have at most 64 bits.")
        let encoding = DistanceEncoding(range)
        return Generator { choices in
            encoding.value(
                of: choices.draw(upTo: encoding.greatest) { interesting(encoding, using: &$0) })
        }
    }

    /// Answers any integer of the type, zero being the simplest.
    public static var integer: Generator { integer(in: Value.min...Value.max) }

    private static func interesting(
        _ encoding: DistanceEncoding<Value>, using random: inout SplitMix64
    ) -> UInt64 {
        let greatest = encoding.greatest
        switch UInt64.random(in: 0..<16, using: &random) {
        case 0: return 0
        case 1: return encoding.choice(of: encoding.range.lowerBound)
        case 2: return encoding.choice(of: encoding.range.upperBound)
        case 3...6:
            let bits = UInt64.random(in: 0..<64, using: &random)
            return UInt64.random(in: 0...greatest, using: &random) >> bits
        default: return UInt64.random(in: 0...greatest, using: &random)
        }
    }
}
