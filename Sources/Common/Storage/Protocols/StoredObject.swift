// SPDX-License-Identifier: Apache-2.0

/// What a store knows of an object.
public struct StoredObject: Equatable, Sendable {
    /// The key.
    public let key: String

    /// The number of bytes.
    public let size: Int64

    /// The SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    public let sha256: String

    /// Creates a description.
    public init(key: String, size: Int64, sha256: String) {
        self.key = key
        self.size = size
        self.sha256 = sha256
    }
}
