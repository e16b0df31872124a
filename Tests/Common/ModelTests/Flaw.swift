// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting

/// One way to spoil a valid document, and the field that has to be named for it.
struct Flaw: Sendable {
    let field: String
    let spoil: @Sendable (JSONValue) -> JSONValue

    init(_ field: String, _ path: [String], _ value: JSONValue?) {
        self.field = field
        spoil = { $0.replacing(path, by: value) }
    }

    /// A flaw of the member that `field` itself is the path of.
    init(_ field: String, _ value: JSONValue?) {
        self.init(field, field.split(separator: ".").map(String.init), value)
    }
}

extension Generator where Value == [Flaw] {
    /// Picks at least one flaw, at most one of each group: those of a group are about the same member.
    static func flaws(_ groups: [[Flaw]]) -> Generator {
        Generator { choices in
            var flaws: [Flaw] = []
            for group in groups where try choices.draw(Generator<Bool>.boolean) {
                flaws.append(try choices.draw(.element(of: group)))
            }
            if flaws.isEmpty { flaws.append(try choices.draw(.element(of: groups[0]))) }
            return flaws
        }
    }
}
