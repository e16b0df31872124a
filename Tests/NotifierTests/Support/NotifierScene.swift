// SPDX-License-Identifier: Apache-2.0

import Access
import Hummingbird
import HummingbirdCore
import Logging
import Model
import NIOCore
import Records
import Repositories
import Seams
import Storage
import TestSupport

@testable import Notifier

/// A Notifier behind a real HTTP server on loopback, over a table in memory, on virtual time.
struct NotifierScene: Sendable {
    let time = VirtualTime()
    let table = FaultInjectingTable(MemoryTable())
    let source = ScriptedSource()
    let identifiers: SeededIdentifiers
    let runs: RunStore
    let workspaces: WorkspaceStore
    let tokens: TokenAuthority
    let app: NotifierApp
    let owner: User
    let workspace: Workspace
    /// The owner's token.
    let token: String
    /// Each connection as the server has it.
    let serverChannels = TestSignal<any Channel>()
    private let started = TestSignal<Int>()

    init(_ configuration: NotifierConfiguration = NotifierConfiguration()) async throws {
        identifiers = SeededIdentifiers(time: time)
        let transactions = Transactions(table: table, time: time, random: SeededRandom())
        let users = UserStore(transactions: transactions)
        runs = RunStore(transactions: transactions, identifiers: identifiers)
        workspaces = WorkspaceStore(transactions: transactions)
        tokens = try await TokenAuthority(
            key: [UInt8](repeating: 7, count: 32), time: time, identifiers: identifiers)
        app = NotifierApp(
            dependencies: NotifierDependencies(
                runs: runs,
                authenticator: Authenticator(authority: tokens, users: users, time: time),
                ownership: Ownership(workspaces: workspaces), source: source, time: time,
                identifiers: identifiers,
                logger: Logger(label: "notifier-tests") { _ in SwiftLogNoOpLogHandler() }),
            configuration: configuration)
        owner = User(
            id: identifiers.next(), username: "ada", role: .member, passwordHash: "",
            createdAt: time.now)
        _ = try await users.create(owner)
        workspace = Workspace(
            id: identifiers.next(), name: "Lab", ownerID: owner.id, createdAt: time.now,
            updatedAt: time.now)
        _ = try await workspaces.create(workspace, owner: owner.username)
        token = try await tokens.issue(for: owner).token
    }

    /// A token of somebody else's.
    func strangersToken() async throws -> String {
        let stranger = User(
            id: identifiers.next(), username: "eve", role: .admin, passwordHash: "",
            createdAt: time.now)
        try await table.transact([.put(try stranger.row)])
        return try await tokens.issue(for: stranger).token
    }

    /// The head of a request for a run's stream.
    func request(
        _ run: String, after cursor: String? = nil, query: String = "", token: String? = nil,
        headers: [String] = []
    ) -> String {
        var lines = [
            "GET /runs/\(run)/stream\(query) HTTP/1.1", "Host: localhost",
            "Authorization: Bearer \(token ?? self.token)",
        ]
        if let cursor { lines.append("Last-Event-ID: \(cursor)") }
        return (lines + headers + ["", ""]).joined(separator: "\r\n")
    }

    /// Says an event on Kafka.
    func say(_ event: ProgressEvent) {
        source.send(.runProgressed(event, in: workspace.id), on: .runEvents)
    }

    /// Lets time pass, in steps in which the Notifier looks at the clock, until the condition holds.
    func pass(_ duration: Duration, until isEnough: () async throws -> Bool) async throws {
        try await eventually {
            if try await isEnough() { return true }
            try await time.waitForSleepers(1)
            time.advance(by: duration)
            return false
        }
    }

    /// Runs `body` with the port of the server; stops it on both paths.
    func serve<Value: Sendable>(_ body: @Sendable (Int) async throws -> Value) async throws -> Value
    {
        let server = makeServer()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            defer { group.cancelAll() }
            let port = try await started.next("the server's port")
            try await source.waitForListener(on: .runEvents)
            return try await body(port)
        }
    }

    private func makeServer() -> some ApplicationProtocol {
        let router = Router()
        router.get("hello") { _, _ in "hello" }
        let (app, serverChannels, started) = (app, serverChannels, started)
        return Application(
            router: router,
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [
                        ServerChannelProbe(serverChannels), app.makeChannelHandler(),
                    ])),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            services: [app],
            onServerRunning: { channel in started.send(channel.localAddress?.port ?? 0) },
            logger: Logger(label: "notifier-tests") { _ in SwiftLogNoOpLogHandler() })
    }
}

/// Runs `body` with a Notifier that is served.
func withNotifier<Value: Sendable>(
    _ configuration: NotifierConfiguration = NotifierConfiguration(),
    _ body: @Sendable (NotifierScene, _ port: Int) async throws -> Value
) async throws -> Value {
    let scene = try await NotifierScene(configuration)
    return try await scene.serve { port in try await body(scene, port) }
}
