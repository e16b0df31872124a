// SPDX-License-Identifier: Apache-2.0

import Crypto
public import Storage

/// Makes and checks the queries of URLs that carry their own permission.
///
/// A query is `expires=…&filename=…&signature=…` for a download and
/// `expires=…&size=…&sha256=…&signature=…` for an upload. The signature is HMAC-SHA256 over method,
/// key and all other parameters. There is exactly one way to write a query: reordered, repeated,
/// added or differently encoded parameters are refused like wrong ones. Pure: no clock, no file.
public struct ObjectURLSigner: Sendable {
    private let key: SymmetricKey

    /// Creates a signer with the bytes of a secret key, 32 random ones at best.
    ///
    /// Every process that makes or checks URLs of a store has the same.
    public init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    /// Makes the query that grants `grant` on the object at `key` until `expiresAt`, in seconds
    /// since 1970.
    public func query(key: String, grant: ObjectURLGrant, expiresAt: Int64) -> String {
        let parameters = SignedParameters(grant: grant, expiresAt: expiresAt)
        return parameters.query + "&signature=" + signature(of: parameters, key: key)
    }

    /// Checks a request for the object at `key` (decoded) with its query as it was sent, without
    /// the `?`.
    ///
    /// Returns what is granted: a download for GET and HEAD, an upload for PUT. `now` is in seconds
    /// since 1970; a URL stops working in the second in which it expires. Throws `forbidden` for
    /// everything else, with a reason that is for the log, not for the caller.
    public func verify(method: String, key: String, query: String, now: Int64)
        throws(ObjectStoreError) -> ObjectURLGrant
    {
        guard let parameters = SignedParameters(query: query) else {
            throw ObjectStoreError(.forbidden, "the URL's parameters are not those of a signed one")
        }
        // Compared as whole queries: that covers what the parser would forgive.
        let expected = self.query(
            key: key, grant: parameters.grant, expiresAt: parameters.expiresAt)
        guard Self.isEqual(Array(expected.utf8), Array(query.utf8)) else {
            throw ObjectStoreError(.forbidden, "the URL's signature is wrong")
        }
        guard parameters.allows(method: method) else {
            throw ObjectStoreError(.forbidden, "the URL is for another method")
        }
        guard now < parameters.expiresAt else {
            throw ObjectStoreError(.forbidden, "the URL has expired")
        }
        return parameters.grant
    }

    /// Signs texts that can't run into each other: a key has no line feed, and the rest is
    /// percent-encoded.
    private func signature(of parameters: SignedParameters, key: String) -> String {
        let text = [parameters.method, key, parameters.query].joined(separator: "\n")
        let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: self.key)
        return HexadecimalDigits.text(of: code)
    }

    /// Compares in a time that depends on the lengths only.
    private static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
