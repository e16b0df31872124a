// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import JWTKit
public import Model
public import Seams

/// Issues and verifies the tokens that stand for signed-in users: JSON Web Tokens under one secret
/// key.
///
/// The algorithm is HS256 and nothing else: a token whose header names another is refused before
/// its signature is looked at (RFC 8725, section 3.1).
public struct TokenAuthority: Sendable {
    /// How long a token works.
    public static let lifetime: Duration = .seconds(12 * 3_600)

    /// The fewest bytes of a key: as many as the hash has (RFC 7518, section 3.2).
    public static let minimumKeyBytes = 32

    private let keys: JWTKeyCollection
    private let time: any TimeSource
    private let identifiers: any IdentifierSource

    /// Creates the authority over `key`, a secret of at least 32 bytes.
    ///
    /// - Throws: ``AccessError`` `misconfigured` when the key is shorter.
    public init(
        key: [UInt8], time: any TimeSource, identifiers: any IdentifierSource
    ) async throws(AccessError) {
        guard key.count >= Self.minimumKeyBytes else {
            throw AccessError(
                .misconfigured, "the token key has \(key.count) bytes, at least 32 are needed")
        }
        keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(key: SymmetricKey(data: key)), digestAlgorithm: .sha256)
        self.time = time
        self.identifiers = identifiers
    }

    /// Issues a token for a user.
    ///
    /// - Throws: ``AccessError`` `misconfigured` when signing fails.
    public func issue(for user: User) async throws(AccessError) -> IssuedToken {
        let issuedAt = time.now.milliseconds / 1_000
        let expiresAt = issuedAt + Self.lifetime.components.seconds
        let claims = TokenClaims(
            sub: user.id.text, userId: user.id.text, name: user.username, role: user.role,
            iss: TokenClaims.issuer, aud: TokenClaims.audience, iat: issuedAt, exp: expiresAt,
            jti: identifiers.uuid())
        do {
            return IssuedToken(
                token: try await keys.sign(claims),
                expiresAt: Timestamp(milliseconds: expiresAt * 1_000))
        } catch {
            throw AccessError(.misconfigured, "tokens can't be signed", cause: error)
        }
    }

    /// Verifies a token and answers who it stands for.
    ///
    /// - Throws: ``AccessError`` `expired`, or `invalidToken` for anything else that is wrong with
    ///   it.
    public func verify(_ token: String) async throws(AccessError) -> Identity {
        let claims = try await signedClaims(of: token)
        guard claims.iss == TokenClaims.issuer, claims.aud == TokenClaims.audience,
            claims.sub == claims.userId, let user = UserID(validating: claims.sub)
        else { throw AccessError(.invalidToken, "The token was not issued for this API.") }
        let now = time.now.milliseconds / 1_000
        guard claims.exp > now else {
            throw AccessError(.expired, "The token has expired; sign in again.")
        }
        guard let issuedAt = Self.timestamp(claims.iat), let expiresAt = Self.timestamp(claims.exp),
            claims.iat <= now + Self.clockTolerance
        else { throw AccessError(.invalidToken, "The token's times can't be right.") }
        return Identity(
            userID: user, username: claims.name, role: claims.role, tokenID: claims.jti,
            issuedAt: issuedAt, expiresAt: expiresAt)
    }

    /// By how many seconds another Intake's clock may be ahead.
    private static let clockTolerance: Int64 = 60

    private static func timestamp(_ seconds: Int64) -> Timestamp? {
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        return overflow ? nil : Timestamp(milliseconds: milliseconds)
    }

    private func signedClaims(of token: String) async throws(AccessError) -> TokenClaims {
        guard token.utf8.count <= 8_192, TokenHeader.isPinned(token) else {
            throw AccessError(.invalidToken, "The token is not one of this service's.")
        }
        do {
            return try await keys.verify(token, as: TokenClaims.self)
        } catch {
            throw AccessError(
                .invalidToken, "The token is not one of this service's.", cause: error)
        }
    }
}
