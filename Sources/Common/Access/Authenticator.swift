// SPDX-License-Identifier: Apache-2.0

import Model
public import Repositories
public import Seams
import Storage
import Synchronization

/// Finds out who makes a request: verifies its token and that the token was not revoked since.
///
/// What is known of a user is believed for a few seconds, so that a request costs no read of the
/// table; a revocation takes that long to be seen everywhere.
public final class Authenticator: Sendable {
    /// For how long what was read of a user is believed.
    public static let beliefTime: Duration = .seconds(5)

    /// How many users are remembered; past that all are forgotten, which costs reads and nothing
    /// else.
    private static let capacity = 10_000

    private struct Belief: Sendable {
        /// Who has the name now; nil when nobody does.
        let userID: UserID?
        let tokensNotBefore: Timestamp?
        let until: Duration
    }

    private let authority: TokenAuthority
    private let users: UserStore
    private let time: any TimeSource
    private let beliefs = Mutex<[String: Belief]>([:])

    /// Creates an authenticator.
    public init(authority: TokenAuthority, users: UserStore, time: any TimeSource) {
        self.authority = authority
        self.users = users
        self.time = time
    }

    /// Finds out who an `Authorization` header's value stands for.
    ///
    /// - Throws: ``AccessError`` `invalidToken` also when there is none; `undecided` when the table
    ///   can't be read.
    public func identity(authorization header: String?) async throws(AccessError) -> Identity {
        guard let header else {
            throw AccessError(
                .invalidToken, "This needs a token: sign in, and send it as Authorization: Bearer.")
        }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw AccessError(
                .invalidToken, "The Authorization header must be of the form Bearer TOKEN.")
        }
        return try await identity(token: String(parts[1]))
    }

    /// Finds out who a token stands for.
    ///
    /// - Throws: ``AccessError``, as ``identity(authorization:)``.
    public func identity(token: String) async throws(AccessError) -> Identity {
        let identity = try await authority.verify(token)
        let belief = try await belief(in: identity.username)
        guard belief.userID == identity.userID,
            belief.tokensNotBefore.map({ identity.issuedAt >= $0 }) ?? true
        else {
            throw AccessError(.revoked, "The token was revoked; sign in again.")
        }
        return identity
    }

    private func belief(in username: String) async throws(AccessError) -> Belief {
        let now = time.elapsed
        if let known = beliefs.withLock({ $0[username] }), known.until > now { return known }
        let user: User?
        do {
            user = try await users.user(named: username)
        } catch {
            throw AccessError(.undecided, "Who you are can't be checked right now.", cause: error)
        }
        let belief = Belief(
            userID: user?.id, tokensNotBefore: user?.tokensNotBefore,
            until: now + Self.beliefTime)
        beliefs.withLock { beliefs in
            if beliefs.count >= Self.capacity { beliefs.removeAll() }
            beliefs[username] = belief
        }
        return belief
    }
}
