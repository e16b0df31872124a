// SPDX-License-Identifier: Apache-2.0

import Access
import Model
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct AuthenticatorTests {
    @Test func `a bearer token stands for its user`() async throws {
        let scene = try await AccessScene()
        let user = scene.user(role: .admin)
        try await scene.store(user)
        let token = try await scene.tokens.issue(for: user).token
        for header in ["Bearer \(token)", "bearer \(token)", "BEARER \(token)"] {
            let identity = try await scene.authenticator.identity(authorization: header)
            #expect(identity.userID == user.id)
            #expect(identity.role == .admin)
        }
    }

    @Test(arguments: [nil, "", "Bearer", "Bearer ", "Basic YWRhOnNlY3JldA==", "Bearer a b c"])
    func `a header without a bearer token is refused`(_ header: String?) async throws {
        let scene = try await AccessScene()
        await expectRefusal(.invalidToken) {
            _ = try await scene.authenticator.identity(authorization: header)
        }
    }

    @Test func `a token of a user who is gone is refused`() async throws {
        let scene = try await AccessScene()
        let token = try await scene.tokens.issue(for: scene.user()).token
        await expectRefusal(.revoked) { _ = try await scene.authenticator.identity(token: token) }
    }

    @Test func `a token of somebody who had the name before is refused`() async throws {
        let scene = try await AccessScene()
        let token = try await scene.tokens.issue(for: scene.user("ada")).token
        try await scene.store(scene.user("ada"))
        await expectRefusal(.revoked) { _ = try await scene.authenticator.identity(token: token) }
    }

    @Test func `a revocation is seen after the time of belief and spares later tokens`()
        async throws
    {
        let scene = try await AccessScene()
        var user = scene.user()
        try await scene.store(user)
        let old = try await scene.tokens.issue(for: user).token
        _ = try await scene.authenticator.identity(token: old)

        scene.time.advance(by: .seconds(1))
        user.tokensNotBefore = scene.time.now
        try await scene.store(user)
        let new = try await scene.tokens.issue(for: user).token
        _ = try await scene.authenticator.identity(token: old)
        scene.time.advance(by: Authenticator.beliefTime)

        await expectRefusal(.revoked) { _ = try await scene.authenticator.identity(token: old) }
        _ = try await scene.authenticator.identity(token: new)
    }

    @Test func `a user is read once within the time of belief`() async throws {
        let scene = try await AccessScene()
        let user = scene.user()
        try await scene.store(user)
        let token = try await scene.tokens.issue(for: user).token
        _ = try await scene.authenticator.identity(token: token)
        scene.table.failNextRead(.unavailable)
        _ = try await scene.authenticator.identity(token: token)
        #expect(scene.table.counts[.unavailable] == nil)
    }

    @Test func `nobody is let in while the table can't be read`() async throws {
        let scene = try await AccessScene()
        let user = scene.user()
        try await scene.store(user)
        let token = try await scene.tokens.issue(for: user).token
        scene.table.failNextRead(.unavailable)
        await expectRefusal(.undecided) { _ = try await scene.authenticator.identity(token: token) }
        _ = try await scene.authenticator.identity(token: token)
    }
}
