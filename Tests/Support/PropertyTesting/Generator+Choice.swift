// SPDX-License-Identifier: Apache-2.0

extension Generator {
    /// Answers the same value always.
    public static func constant(_ value: Value) -> Generator where Value: Sendable {
        Generator { _ in value }
    }

    /// Picks one of the values, each equally likely; the first is the simplest.
    public static func element(of values: [Value]) -> Generator where Value: Sendable {
        precondition(!values.isEmpty, "There must be a value to pick.")
        return Generator { choices in values[Int(choices.draw(upTo: UInt64(values.count - 1)))] }
    }

    /// Picks one of the generators, each equally likely; the first is the simplest.
    public static func oneOf(_ generators: Generator...) -> Generator {
        weighted(generators.map { (1, $0) })
    }

    /// Picks one of the generators as often as its weight says; the first is the simplest.
    public static func weighted(_ alternatives: (weight: Int, generator: Generator)...) -> Generator
    {
        weighted(alternatives.map { ($0.weight, $0.generator) })
    }

    private static func weighted(_ alternatives: [(weight: Int, generator: Generator)]) -> Generator
    {
        precondition(!alternatives.isEmpty, "There must be a generator to pick.")
        precondition(alternatives.allSatisfy { $0.weight > 0 }, "Weights are positive.")
        let total = alternatives.reduce(0) { $0 + $1.weight }
        return Generator { choices in
            let index = choices.draw(upTo: UInt64(alternatives.count - 1)) { random in
                var ticket = Int.random(in: 0..<total, using: &random)
                let drawn = alternatives.firstIndex { alternative in
                    ticket -= alternative.weight
                    return ticket < 0
                }
                return UInt64(drawn ?? 0)
            }
            return try alternatives[Int(index)].generator.generate(&choices)
        }
    }
}

extension Generator where Value: CaseIterable & Sendable {
    /// Picks one of the type's cases, each equally likely; the first is the simplest.
    public static var anyCase: Generator { element(of: Array(Value.allCases)) }
}

extension Generator where Value == Bool {
    /// Answers false, the simpler one, or true.
    public static var boolean: Generator { Generator { $0.draw(upTo: 1) == 1 } }
}
