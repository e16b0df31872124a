// SPDX-License-Identifier: Apache-2.0

import JWTKit
import Model

/// What a token says (RFC 7519): the registered claims, and the user's id, name and role.
struct TokenClaims: JWTPayload {
    static let issuer = "tlao-codex"
    static let audience = "tlao-api"

    let sub: String
    let userId: String
    let name: String
    let role: User.Role
    let iss: String
    let aud: String
    let iat: Int64
    let exp: Int64
    let jti: String

    /// The claims are checked by ``TokenAuthority``, which is given the time; this has no clock.
    func verify(using algorithm: some JWTAlgorithm) {}
}
