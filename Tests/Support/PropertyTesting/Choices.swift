// SPDX-License-Identifier: Apache-2.0

/// The sequence of choices that a generated value is made from.
///
/// Generators draw numbers from it and nothing else, so the recorded numbers determine the value.
/// That is what makes every generator shrinkable without a line of its own: the shrinker edits the
/// numbers and generates again. For each choice, 0 is the simplest answer and a greater number is
/// never simpler.
public struct Choices: Sendable {
    private let replayed: [UInt64]?
    private var random: SplitMix64

    /// The choices drawn so far, each as it was used.
    public private(set) var recorded: [UInt64] = []

    /// Draws fresh choices from a seeded random number generator.
    public init(seed: UInt64) {
        replayed = nil
        random = SplitMix64(seed: seed)
    }

    /// Draws the given choices again.
    ///
    /// A choice above what the generator allows counts as the greatest allowed one, and after the
    /// last one every draw answers 0, so any sequence of numbers yields a value.
    public init(replaying choices: [UInt64]) {
        replayed = choices
        random = SplitMix64(seed: 0)
    }

    /// Draws a number from 0 to `bound`, both included, each equally likely.
    public mutating func draw(upTo bound: UInt64) -> UInt64 {
        draw(upTo: bound) { UInt64.random(in: 0...bound, using: &$0) }
    }

    /// Draws a number from 0 to `bound` with a distribution of the caller's.
    ///
    /// `fresh` is asked for new values only: on a replay the recorded number counts. It must draw
    /// its randomness from its argument, and its answer is cut to `bound`.
    public mutating func draw(
        upTo bound: UInt64, fresh: (inout SplitMix64) -> UInt64
    ) -> UInt64 {
        let wanted: UInt64
        if let replayed {
            wanted = recorded.count < replayed.count ? replayed[recorded.count] : 0
        } else {
            wanted = fresh(&random)
        }
        let choice = min(wanted, bound)
        recorded.append(choice)
        return choice
    }

    /// Draws a value of another generator.
    ///
    /// Throws `RejectedChoices` when that generator has no value for these choices.
    public mutating func draw<Value>(_ generator: Generator<Value>) throws -> Value {
        try generator.generate(&self)
    }

    /// Draws a number of repetitions as a row of "one more" choices and calls `body` after each.
    ///
    /// Each repetition's choices stand next to the choice that asked for it, so the shrinker drops
    /// an element by dropping neighbours. A fresh count is uniform over `count`.
    public mutating func repeating(
        _ count: ClosedRange<Int>, _ body: (inout Choices) throws -> Void
    ) throws {
        precondition(count.lowerBound >= 0, "A number of repetitions is never negative.")
        let target = replayed == nil ? Int.random(in: count, using: &random) : 0
        for done in 0..<count.upperBound {
            if done >= count.lowerBound {
                let more = draw(upTo: 1) { _ in done < target ? 1 : 0 }
                guard more == 1 else { return }
            }
            try body(&self)
        }
    }
}
