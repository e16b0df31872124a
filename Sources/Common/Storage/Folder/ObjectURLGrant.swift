// SPDX-License-Identifier: Apache-2.0

/// What a signed URL allows.
public enum ObjectURLGrant: Hashable, Sendable {
    /// To read the object, as an attachment of this name. The name may hold any character: whoever
    /// puts it into a header must encode it.
    case download(fileName: String)

    /// To store an object of exactly this size in bytes and this SHA-256 (hexadecimal, lower case).
    case upload(size: Int64, sha256: String)
}
