// SPDX-License-Identifier: Apache-2.0

public import Model

/// The only way a stage makes an identifier or a secret mark.
public protocol IdentifierSource: Sendable {
    /// Makes a UUID version 7 (RFC 9562) in lower case, greater than every one this source made
    /// before.
    func uuid() -> String

    /// Makes an unguessable mark of 128 random bits in lower-case hexadecimal: a lease token, the
    /// mark of a write.
    func mark() -> String
}

extension IdentifierSource {
    /// Makes an entity's identifier.
    public func next<Entity>(_ entity: Entity.Type = Entity.self) -> Identifier<Entity> {
        Identifier(uuid())
    }
}
