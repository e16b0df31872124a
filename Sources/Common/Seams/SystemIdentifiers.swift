// SPDX-License-Identifier: Apache-2.0

import Model
import Synchronization

/// Identifiers from a clock and a source of random bits.
///
/// Within a process they rise: of two made in the same millisecond, or after the clock stepped
/// back, the later one counts on from the earlier (RFC 9562, section 6.2, method 1, with 12 bits of
/// counter).
public final class SystemIdentifiers: IdentifierSource {
    private struct Last: Sendable {
        var milliseconds: Int64 = 0
        var counter: UInt16 = 0
    }

    private let time: any TimeSource
    private let random: any RandomSource
    private let last = Mutex(Last())

    /// Creates a source that draws on `time` and `random`.
    public init(time: any TimeSource = SystemTime(), random: any RandomSource = SystemRandom()) {
        self.time = time
        self.random = random
    }

    /// Makes the next identifier.
    public func uuid() -> String {
        let now = time.now.milliseconds
        let seed = UInt16(truncatingIfNeeded: random.bits()) & 0x07FF
        let (milliseconds, counter) = last.withLock { last in
            if now > last.milliseconds {
                last = Last(milliseconds: now, counter: seed)
            } else if last.counter < 0x0FFF {
                last.counter += 1
            } else {
                last = Last(milliseconds: last.milliseconds + 1, counter: seed)
            }
            return (last.milliseconds, last.counter)
        }
        let high = UInt64(bitPattern: milliseconds) << 16 | 0x7000 | UInt64(counter)
        let low = 0x8000_0000_0000_0000 | (random.bits() & 0x3FFF_FFFF_FFFF_FFFF)
        return Self.format(high, low)
    }

    /// Makes 128 random bits.
    public func mark() -> String {
        Self.hexadecimal(random.bits()) + Self.hexadecimal(random.bits())
    }

    private static func format(_ high: UInt64, _ low: UInt64) -> String {
        let digits = Array((hexadecimal(high) + hexadecimal(low)).utf8)
        let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return groups.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
