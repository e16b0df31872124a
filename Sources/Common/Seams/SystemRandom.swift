// SPDX-License-Identifier: Apache-2.0

/// The operating system's random numbers.
public struct SystemRandom: RandomSource {
    /// Creates the source.
    public init() {}

    /// Draws 64 random bits.
    public func bits() -> UInt64 { UInt64.random(in: .min ... .max) }
}
