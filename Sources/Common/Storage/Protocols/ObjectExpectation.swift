// SPDX-License-Identifier: Apache-2.0

/// What an object must be to be stored.
public struct ObjectExpectation: Equatable, Sendable {
    /// Accepts anything.
    public static let anything = ObjectExpectation()

    /// The exact number of bytes, where known.
    public var size: Int64?

    /// The SHA-256 in lower-case hexadecimal, where known.
    public var sha256: String?

    /// The most bytes accepted; exactly that many are.
    public var sizeLimit: Int64?

    /// Creates an expectation; nil expects nothing.
    public init(size: Int64? = nil, sha256: String? = nil, sizeLimit: Int64? = nil) {
        self.size = size
        self.sha256 = sha256
        self.sizeLimit = sizeLimit
    }
}
