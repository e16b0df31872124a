// SPDX-License-Identifier: Apache-2.0

/// A recipe for random values that can be replayed and shrunk.
///
/// Generators are values: building one draws nothing. New ones are made from old ones with `map`,
/// `flatMap` and `zip`, or, for a type with many fields, with `init(_:)` and a closure that draws
/// one field after the other:
///
///     let point = Generator<Point> { choices in
///         Point(x: try choices.draw(.integer(in: 0...9)), y: try choices.draw(.integer(in: 0...9)))
///     }
///
/// Put the simplest alternative first wherever an order is asked for: values shrink towards it.
public struct Generator<Value>: Sendable {
    let generate: @Sendable (inout Choices) throws -> Value

    /// Makes a generator from a closure that draws what it needs.
    ///
    /// The closure must depend on nothing but the choices: no clock, no other randomness.
    public init(_ generate: @escaping @Sendable (inout Choices) throws -> Value) {
        self.generate = generate
    }

    /// Answers the value that a seed stands for, nil when the generator rejects its choices.
    public func sample(seed: UInt64) -> Value? {
        var choices = Choices(seed: seed)
        return try? generate(&choices)
    }
}
