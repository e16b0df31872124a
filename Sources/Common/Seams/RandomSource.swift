// SPDX-License-Identifier: Apache-2.0

/// The only way a stage draws a random number that decides something (jitter, order among equals).
public protocol RandomSource: Sendable {
    /// Draws 64 random bits.
    func bits() -> UInt64
}

extension RandomSource {
    /// Draws a part of `duration` between nothing and all of it: full jitter.
    public func part(of duration: Duration) -> Duration {
        let fraction = Double(bits() >> 11) / Double(1 << 53)
        return duration * fraction
    }
}
