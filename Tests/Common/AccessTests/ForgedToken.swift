// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation

/// Makes tokens by hand, also such as no library would make.
struct ForgedToken {
    /// A hash for HMAC, by its name in RFC 7518.
    enum Algorithm: String, CaseIterable, Sendable {
        case hs256 = "HS256"
        case hs384 = "HS384"
        case hs512 = "HS512"
    }

    var header: [String: Any] = ["alg": "HS256", "typ": "JWT"]
    var claims: [String: Any] = [:]

    /// Claims that are in order, for a token issued and expiring at the given seconds since 1970.
    static func claims(userID: String, issuedAt: Int64, expiresAt: Int64) -> [String: Any] {
        [
            "sub": userID, "userId": userID, "name": "ada", "role": "member", "iss": "tlao-codex",
            "aud": "tlao-api", "iat": issuedAt, "exp": expiresAt, "jti": "1",
        ]
    }

    /// The token, signed under `key` by `algorithm`, whatever its header says.
    func signed(key: [UInt8], by algorithm: Algorithm = .hs256) throws -> String {
        let text = "\(try Self.part(header)).\(try Self.part(claims))"
        let bytes = Data(text.utf8)
        let secret = SymmetricKey(data: key)
        let code =
            switch algorithm {
            case .hs256: Data(HMAC<SHA256>.authenticationCode(for: bytes, using: secret))
            case .hs384: Data(HMAC<SHA384>.authenticationCode(for: bytes, using: secret))
            case .hs512: Data(HMAC<SHA512>.authenticationCode(for: bytes, using: secret))
            }
        return "\(text).\(Self.base64URL(code))"
    }

    /// The token without a signature.
    func unsigned() throws -> String {
        "\(try Self.part(header)).\(try Self.part(claims))."
    }

    static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    private static func part(_ members: [String: Any]) throws -> String {
        base64URL(try JSONSerialization.data(withJSONObject: members, options: [.sortedKeys]))
    }
}
