// SPDX-License-Identifier: Apache-2.0

/// A small, fast random number generator that a 64-bit seed determines completely.
///
/// The algorithm is SplitMix64 of Steele, Lea and Flood, *Fast Splittable Pseudorandom Number
/// Generators* (OOPSLA 2014). It is for tests: never use it where a secret is made.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts the sequence that belongs to a seed; every seed is a good one, zero included.
    public init(seed: UInt64) {
        state = seed
    }

    /// Answers the next 64 bits of the sequence.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
