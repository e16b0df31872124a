// SPDX-License-Identifier: Apache-2.0

extension Generator {
    /// Makes dictionaries with distinct keys.
    ///
    /// A key that is drawn again costs nothing but another draw; when too few distinct keys turn up
    /// to reach the lower bound, the choices are rejected.
    public static func dictionary<Key: Hashable & Sendable, Element>(
        _ keys: Generator<Key>, _ values: Generator<Element>, count: ClosedRange<Int>
    ) -> Generator where Value == [Key: Element] {
        Generator { choices in
            var entries: [Key: Element] = [:]
            try choices.repeating(count) { choices in
                for _ in 0..<20 {
                    let key = try keys.generate(&choices)
                    let element = try values.generate(&choices)
                    if entries.updateValue(element, forKey: key) == nil { return }
                }
            }
            guard entries.count >= count.lowerBound else { throw RejectedChoices() }
            return entries
        }
    }
}

extension Generator where Value == [UInt8] {
    /// Makes byte arrays, 0 being the simplest byte.
    public static func bytes(count: ClosedRange<Int>) -> Generator {
        Generator<UInt8>.integer(in: 0...255).array(count: count)
    }
}
