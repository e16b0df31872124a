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
struct RefusedTokenTests {
    @Test func `Property 19: a malformed token is refused`() async throws {
        let scene = try await AccessScene()
        let token = try await scene.tokens.issue(for: scene.user()).token
        let damaged = Generator<String> { choices in
            var scalars = Array(token.unicodeScalars)
            // The last digit of the signature has bits that mean nothing.
            let place = try choices.draw(.integer(in: 0...(scalars.count - 2)))
            switch try choices.draw(Generator<Int>.integer(in: 0...3)) {
            case 0: scalars[place] = try choices.draw(.unicode)
            case 1: scalars.remove(at: place)
            case 2: scalars.insert(try choices.draw(.unicode), at: place)
            default: scalars.removeSubrange(place...)
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            return String(text)
        }
        await checkProperty("Property 19", cases: 300, damaged.filter { $0 != token }) { damaged in
            try await requireRefusal(of: damaged, by: scene.tokens)
        }
        await checkProperty("Property 19, any text", .unicode(count: 0...60)) { text in
            try await requireRefusal(of: text, by: scene.tokens)
        }
    }

    @Test func `Property 19: an expired token is refused`() async throws {
        let scene = try await AccessScene()
        let token = try await scene.tokens.issue(for: scene.user()).token
        scene.time.advance(by: TokenAuthority.lifetime)
        await checkProperty("Property 19, expired", .integer(in: 0...3_600)) { seconds in
            scene.time.advance(by: .seconds(Int64(seconds)))
            try await requireRefusal(of: token, by: scene.tokens, .expired)
        }
    }

    @Test func `Property 19: a token under a foreign key is refused`() async throws {
        let scene = try await AccessScene()
        let keys = Generator<[UInt8]>.bytes(count: 32...64).filter { $0 != AccessScene.key }
        await checkProperty("Property 19, foreign key", keys) { key in
            let token = try await scene.authority(key: key).issue(for: scene.user()).token
            try await requireRefusal(of: token, by: scene.tokens)
        }
    }

    @Test func `Property 19: a token whose header names another algorithm is refused`()
        async throws
    {
        let scene = try await AccessScene()
        let names = [
            "none", "None", "NONE", "", "hs256", "HS384", "HS512", "RS256", "ES256", "PS256",
            "EdDSA", "HS256 ",
        ]
        let swapped = zip(
            Generator<String>.element(of: names),
            Generator<ForgedToken.Algorithm>.anyCase, Generator<Bool>.boolean)
        await checkProperty("Property 19, algorithm", swapped) { name, algorithm, isSigned in
            var forged = token(scene)
            forged.header["alg"] = name
            try await requireRefusal(
                of: isSigned
                    ? forged.signed(key: AccessScene.key, by: algorithm) : forged.unsigned(),
                by: scene.tokens)
        }
    }

    @Test func `a token signed with an elliptic curve key is refused`() async throws {
        let scene = try await AccessScene()
        let keys = await JWTKeyCollection().add(
            ecdsa: ES256PrivateKey())
        let token = try await keys.sign(AnyClaims(sub: scene.user().id.text))
        await expectRefusal(.invalidToken) { _ = try await scene.tokens.verify(token) }
    }

    @Test(arguments: ForgedToken.Algorithm.allCases)
    func `only the pinned hash signs`(_ algorithm: ForgedToken.Algorithm) async throws {
        let scene = try await AccessScene()
        let signed = try token(scene).signed(key: AccessScene.key, by: algorithm)
        if algorithm == .hs256 {
            _ = try await scene.tokens.verify(signed)
        } else {
            await expectRefusal(.invalidToken) { _ = try await scene.tokens.verify(signed) }
        }
    }

    @Test(arguments: ["iss", "aud", "sub", "userId", "exp", "iat", "jti", "role", "name"])
    func `a token without one of its claims is refused`(_ claim: String) async throws {
        let scene = try await AccessScene()
        var forged = token(scene)
        forged.claims[claim] = nil
        let signed = try forged.signed(key: AccessScene.key)
        await expectRefusal(.invalidToken) { _ = try await scene.tokens.verify(signed) }
    }

    @Test func `claims of another issuer, audience, user, role or time are refused`() async throws {
        let scene = try await AccessScene()
        let wrong: [(String, Any)] = [
            ("iss", "somebody"), ("aud", "another-api"), ("userId", scene.user().id.text),
            ("sub", "ada"), ("role", "owner"), ("exp", Int64.max), ("exp", "tomorrow"),
            ("iat", scene.time.now.milliseconds / 1_000 + 61),
        ]
        for (claim, value) in wrong {
            var forged = token(scene)
            forged.claims[claim] = value
            let signed = try forged.signed(key: AccessScene.key)
            await expectRefusal(.invalidToken) { _ = try await scene.tokens.verify(signed) }
        }
    }

    @Test func `a token with an extension that must be understood is refused`() async throws {
        let scene = try await AccessScene()
        var forged = token(scene)
        forged.header["crit"] = ["b64"]
        forged.header["b64"] = false
        let signed = try forged.signed(key: AccessScene.key)
        await expectRefusal(.invalidToken) { _ = try await scene.tokens.verify(signed) }
    }

    private struct AnyClaims: JWTPayload {
        let sub: String

        func verify(using algorithm: some JWTAlgorithm) {}
    }

    /// A token that is in order, to be spoiled.
    private func token(_ scene: AccessScene) -> ForgedToken {
        let now = scene.time.now.milliseconds / 1_000
        return ForgedToken(
            claims: ForgedToken.claims(
                userID: scene.user().id.text, issuedAt: now, expiresAt: now + 60))
    }
}
