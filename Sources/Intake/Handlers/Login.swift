// SPDX-License-Identifier: Apache-2.0

import API
import Access
import Hummingbird
import Model
import Repositories

/// `POST /auth/login`: a token for whoever knows the password.
struct Login {
    let dependencies: IntakeDependencies

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        var document = try await RequestDocument(of: request)
        let username = document.text("username", length: 1...128)
        let password = document.text("password", length: 1...1_024)
        try document.finish()
        let user = try await authenticate(username, password)
        let issued = try await dependencies.tokens.issue(for: user)
        var response = try Answers.json(
            LoginResponse(token: issued.token, expiresAt: issued.expiresAt, userId: user.id))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func authenticate(_ username: String, _ password: String) async throws -> User {
        let wrong = AccessError(.invalidCredentials, "The name or the password is wrong.")
        guard let user = try await dependencies.users.user(named: username) else {
            try await PasswordHash.verifyNobody(password)
            throw wrong
        }
        guard try await PasswordHash.verify(password, against: user.passwordHash) else {
            throw wrong
        }
        return user
    }
}
