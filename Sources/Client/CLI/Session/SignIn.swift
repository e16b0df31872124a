// SPDX-License-Identifier: Apache-2.0

import API
import Model
import TlaoSDK

/// Signs in and remembers it.
struct SignIn {
    let console: Console
    let environment: [String: String]
    let file: ConfigurationFile
    let givenAPI: String?
    let givenUsername: String?
    let readsPassword: Bool
    let printsJSON: Bool

    private static let passwordLimit = 4_096

    /// Chooses the server, asks who signs in, does it and looks for the workspace to use.
    func run() async throws {
        // Whatever is wrong with a damaged file, signing in mends it.
        let stored = try? await file.load()
        let local = try await LocalServer.find(environment: environment)
        let api = try await address(stored: stored, local: local)
        let owner = local.flatMap { APIAddress.normalized($0.api) == api ? $0 : nil }
        let (username, password) = try await credentials(owner)
        do {
            try await signIn(to: api, username, password, keeping: stored)
        } catch let error as TlaoError where error.status == 401 {
            throw CommandFailure(
                .denied, "Name or password is wrong.", correlationID: error.correlationID,
                cause: error)
        } catch let error as TlaoError {
            throw CommandFailure(error, address: api)
        }
    }

    private func address(
        stored: StoredConfiguration?, local: LocalServer?
    ) async throws -> String {
        if let givenAPI { return APIAddress.normalized(givenAPI) }
        let known = stored?.api.map(APIAddress.normalized)
        guard let local else { return known ?? APIAddress.standard }
        let own = APIAddress.normalized(local.api)
        if let known, known != own, console.mayAsk {
            let question = "Sign in to the server on this machine, \(own), instead of \(known)?"
            return try await console.agrees(to: question) ? own : known
        }
        await console.say("Using the server on this machine, \(own). Another one: --api URL")
        return own
    }

    private func credentials(_ local: LocalServer?) async throws -> (String, String) {
        if let local, givenUsername == nil, !readsPassword {
            await console.say("Signing in as its user \(local.username.escapedForTerminal).")
            return (local.username, local.password)
        }
        let username = try await username()
        return (username, try await password(of: username))
    }

    private func username() async throws -> String {
        if let username = givenUsername { return username }
        guard let username = try await console.text("Name:") else {
            throw CommandFailure(
                .usage, "Who signs in?",
                advice: ["tlao login --username NAME --password-stdin < FILE"])
        }
        return username
    }

    private func password(of username: String) async throws -> String {
        if readsPassword {
            let line = try await FileReading.firstLine(limit: Self.passwordLimit)
            return String(decoding: line, as: UTF8.self)
        }
        let question = "Password of \(username.escapedForTerminal):"
        guard let password = try await console.secret(question) else {
            throw CommandFailure(
                .usage, "There is no password, and no terminal to ask for it.",
                advice: ["Pass it by standard input: --password-stdin"])
        }
        return password
    }

    private func signIn(
        to api: String, _ username: String, _ password: String, keeping stored: StoredConfiguration?
    ) async throws {
        let answer = try await TlaoClient.with(address: api) { client in
            try await client.login(username: username, password: password)
        }
        try await TlaoClient.with(address: api, token: answer.token) { client in
            let known =
                stored?.api.map(APIAddress.normalized) == api && stored?.username == username
            let choice = try await workspace(client, known: known ? stored?.workspace : nil)
            try await file.save(
                StoredConfiguration(
                    api: api, username: username, token: answer.token,
                    tokenExpiresAt: answer.expiresAt, workspace: choice.id))
            await console.say(
                "Signed in to \(api) as \(username.escapedForTerminal). \(choice.words)")
            // Never the answer to the sign-in itself: it holds the token.
            if printsJSON {
                try await console.print(body: try await client.body(of: "/auth/me"))
            }
        }
    }

    /// Keeps the workspace that was in use, else takes the only one there is.
    private func workspace(
        _ client: TlaoClient, known: WorkspaceID?
    ) async throws -> (id: WorkspaceID?, words: String) {
        if let known { return (known, "Workspace: \(known)") }
        let page = try await client.listWorkspaces(limit: 2)
        if page.items.count == 1, page.nextCursor == nil, let only = page.items.first {
            return (
                only.workspaceId,
                "Workspace: \(only.name.escapedForTerminal) (\(only.workspaceId))"
            )
        }
        return page.items.isEmpty
            ? (nil, "Make a workspace: tlao workspace create NAME")
            : (nil, "Choose a workspace: tlao workspace list, tlao workspace use ID")
    }
}
