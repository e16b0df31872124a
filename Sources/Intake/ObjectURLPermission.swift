// SPDX-License-Identifier: Apache-2.0

/// What a signed object URL allows.
public enum ObjectURLPermission: Hashable, Sendable {
    /// To read the object, as an attachment of this name.
    case download(fileName: String)
    /// To store an object of exactly this size in bytes and this SHA-256.
    case upload(size: Int64, sha256: String)
}
