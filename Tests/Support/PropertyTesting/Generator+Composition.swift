// SPDX-License-Identifier: Apache-2.0

extension Generator {
    /// Transforms each value.
    public func map<Mapped>(
        _ transform: @escaping @Sendable (Value) throws -> Mapped
    ) -> Generator<Mapped> {
        Generator<Mapped> { choices in try transform(generate(&choices)) }
    }

    /// Goes on with a generator that depends on the value.
    public func flatMap<Mapped>(
        _ transform: @escaping @Sendable (Value) throws -> Generator<Mapped>
    ) -> Generator<Mapped> {
        Generator<Mapped> { choices in try transform(generate(&choices)).generate(&choices) }
    }

    /// Keeps the values for which the predicate holds.
    ///
    /// Draws up to 50 times, then rejects; a predicate that rarely holds is better expressed by
    /// generating what satisfies it.
    public func filter(_ isIncluded: @escaping @Sendable (Value) -> Bool) -> Generator<Value> {
        Generator { choices in
            for _ in 0..<50 {
                let value = try generate(&choices)
                if isIncluded(value) { return value }
            }
            throw RejectedChoices()
        }
    }

    /// Makes values optional: nil, the simplest, in one of four cases.
    public var optional: Generator<Value?> {
        Generator<Value?> { choices in
            let present = choices.draw(upTo: 1) { UInt64.random(in: 0...3, using: &$0) }
            return present == 0 ? nil : try generate(&choices)
        }
    }

    /// Makes arrays of the values.
    public func array(count: ClosedRange<Int>) -> Generator<[Value]> {
        Generator<[Value]> { choices in
            var elements: [Value] = []
            try choices.repeating(count) { elements.append(try generate(&$0)) }
            return elements
        }
    }
}

/// Combines generators to one of tuples, drawn from left to right.
public func zip<each Part>(
    _ parts: repeat Generator<each Part>
) -> Generator<(repeat each Part)> {
    Generator<(repeat each Part)> { choices in
        (repeat try (each parts).generate(&choices))
    }
}
