// SPDX-License-Identifier: Apache-2.0

import PropertyTesting
public import Seams
import Synchronization

/// Random numbers that a seed determines completely.
public final class SeededRandom: RandomSource {
    private let generator: Mutex<SplitMix64>

    /// Creates the source of the numbers that belong to `seed`.
    public init(seed: UInt64 = 1) {
        generator = Mutex(SplitMix64(seed: seed))
    }

    /// Draws the next 64 bits of the sequence.
    public func bits() -> UInt64 { generator.withLock { $0.next() } }
}
