// SPDX-License-Identifier: Apache-2.0

public import Seams

/// Identifiers that a seed and a clock determine completely; they rise, as the real ones do.
///
/// Two sources that share a table need different seeds.
public final class SeededIdentifiers: IdentifierSource {
    private let identifiers: SystemIdentifiers

    /// Creates the source of the identifiers that belong to `seed`, at the times `time` shows.
    public init(seed: UInt64 = 1, time: any TimeSource = VirtualTime()) {
        identifiers = SystemIdentifiers(time: time, random: SeededRandom(seed: seed))
    }

    /// Makes the next identifier.
    public func uuid() -> String { identifiers.uuid() }

    /// Makes the next mark.
    public func mark() -> String { identifiers.mark() }
}
