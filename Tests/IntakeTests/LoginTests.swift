// SPDX-License-Identifier: Apache-2.0

import API
import Access
import HTTPTypes
import Model
import Repositories
import Seams
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct LoginTests {
    @Test func `the right password gets a token that works`() async throws {
        try await withIntake { scene, client in
            let user = try await register("bob", "correct horse", scene)
            let response = try await client.call(
                .post, "/auth/login", as: nil,
                json: LoginRequest(username: "bob", password: "correct horse"))
            #expect(response.header("Cache-Control") == "no-store")
            let login: LoginResponse = try response.value()
            #expect(login.userId == user.id)
            #expect(login.tokenType == "Bearer")
            #expect(login.expiresAt > scene.time.now)
            let me: IdentityResponse = try await client.call(
                .get, "/auth/me", as: nil,
                headers: [.authorization: "Bearer \(login.token)"]
            ).value()
            #expect(me == IdentityResponse(userId: user.id, username: "bob", role: .member))
        }
    }

    @Test func `a wrong password and an unknown name get the same 401`() async throws {
        try await withIntake { scene, client in
            _ = try await register("bob", "correct horse", scene)
            var messages: Set<String> = []
            for (name, password) in [("bob", "wrong"), ("nobody", "correct horse")] {
                let response = try await client.call(
                    .post, "/auth/login", as: nil,
                    json: LoginRequest(username: name, password: password))
                messages.insert(try response.expectError(.authenticationRequired).error)
                #expect(response.header("WWW-Authenticate") == "Bearer")
            }
            #expect(messages.count == 1)
        }
    }

    @Test func `what is missing or no text is named`() async throws {
        try await withIntake { _, client in
            let empty = try await client.call(.post, "/auth/login", as: nil, body: Array("{}".utf8))
            let missing = try empty.expectError(.validationFailed)
            #expect(missing.details?.map(\.field) == ["username", "password"])
            let odd = #"{"username":["bob"],"password":""}"#
            let response = try await client.call(
                .post, "/auth/login", as: nil, body: Array(odd.utf8))
            let wrong = try response.expectError(.validationFailed)
            #expect(wrong.details?.map(\.field) == ["username", "password"])
        }
    }

    @Test(arguments: ["e" + String(repeating: "\u{301}", count: 5_000), "a\u{0}b", ""])
    func `a name that can't be one is 400`(_ name: String) async throws {
        try await withIntake { _, client in
            let response = try await client.call(
                .post, "/auth/login", as: nil,
                json: LoginRequest(username: name, password: "secret"))
            try response.expectError(.validationFailed)
        }
    }

    @Test(arguments: [nil, "Bearer", "Bearer x", "Basic YTpi", "Bearer a.b.c"])
    func `without a valid token it is 401`(_ header: String?) async throws {
        try await withIntake { _, client in
            let response = try await client.call(
                .get, "/auth/me", as: nil,
                headers: header.map { [.authorization: $0] } ?? [:])
            try response.expectError(.authenticationRequired)
            #expect(response.header("WWW-Authenticate") == "Bearer")
        }
    }

    private func register(_ name: String, _ password: String, _ scene: IntakeScene) async throws
        -> User
    {
        let user = User(
            id: scene.identifiers.next(), username: name, role: .member,
            passwordHash: try await PasswordHash.make(password), createdAt: scene.time.now)
        _ = try await scene.users.create(user)
        return user
    }
}
