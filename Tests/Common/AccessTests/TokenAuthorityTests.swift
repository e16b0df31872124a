// SPDX-License-Identifier: Apache-2.0

import Access
import Crypto
import Foundation
import JWTKit
import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct TokenAuthorityTests {
    /// What an independent reader finds in a token.
    private struct Claims: JWTPayload {
        let sub, userId, name, role, iss, aud, jti: String
        let iat, exp: Int64

        func verify(using algorithm: some JWTAlgorithm) {}
    }

    @Test func `Property 18: the token of any user carries the user id and verifies with the key`()
        async throws
    {
        let scene = try await AccessScene()
        let keys = await JWTKeyCollection().add(
            hmac: HMACKey(key: .init(data: AccessScene.key)), digestAlgorithm: .sha256)
        await checkProperty("Property 18", .user) { user in
            let issued = try await scene.tokens.issue(for: user)
            let claims = try await keys.verify(issued.token, as: Claims.self)
            try requireEqual(claims.sub, user.id.text)
            try requireEqual(claims.userId, user.id.text)
            try requireEqual(claims.name, user.username)
            try requireEqual(claims.role, user.role.rawValue)
            try requireEqual([claims.iss, claims.aud], ["tlao-codex", "tlao-api"])
            try requireEqual(claims.exp - claims.iat, 12 * 3_600)
            let identity = try await scene.tokens.verify(issued.token)
            try requireEqual(identity.userID, user.id)
            try requireEqual(identity.username, user.username)
            try requireEqual(identity.role, user.role)
            try requireEqual(identity.expiresAt, issued.expiresAt)
        }
    }

    @Test func `every token has an identifier of its own`() async throws {
        let scene = try await AccessScene()
        let user = scene.user()
        let first = try await scene.identity(of: user)
        #expect(try await scene.identity(of: user).tokenID != first.tokenID)
    }

    @Test func `a token works until the second in which it expires`() async throws {
        let scene = try await AccessScene()
        let issued = try await scene.tokens.issue(for: scene.user())
        scene.time.advance(by: TokenAuthority.lifetime - .seconds(1))
        _ = try await scene.tokens.verify(issued.token)
        scene.time.advance(by: .seconds(1))
        await expectRefusal(.expired) { _ = try await scene.tokens.verify(issued.token) }
    }

    @Test func `a key of 31 bytes is refused`() async throws {
        let scene = try await AccessScene()
        await expectRefusal(.misconfigured) {
            _ = try await scene.authority(key: [UInt8](repeating: 1, count: 31))
        }
    }
}
