// SPDX-License-Identifier: Apache-2.0

/// An object on its way out of a store: what is known of it, and its bytes.
public struct ObjectReader: Sendable {
    /// Size and digest of the whole object.
    public let object: StoredObject

    /// How many bytes ``body`` yields: the size, or the length of the range asked for.
    public let length: Int64

    /// The bytes; throws when the object ends early.
    ///
    /// Not read before it is iterated.
    public let body: ObjectBody

    /// Creates a reader.
    public init(object: StoredObject, length: Int64, body: ObjectBody) {
        self.object = object
        self.length = length
        self.body = body
    }
}
