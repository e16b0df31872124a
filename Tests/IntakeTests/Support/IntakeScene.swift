// SPDX-License-Identifier: Apache-2.0

import Access
import FolderStorage
import Hummingbird
import HummingbirdTesting
import Intake
import Logging
import Model
import Records
import Repositories
import Seams
import Storage
import TestSupport

/// Intake over a table in memory and a folder of objects, on virtual time, and a client to ask it.
struct IntakeScene: Sendable {
    /// What a scene is made with.
    struct Setting: Sendable {
        var guardrails = Guardrails(dailyRunQuota: 100_000)
        var table: any Table = MemoryTable()
        var publisher: any RecordPublisher = RecordingPublisher()
        var transport = TestingSetup.router
    }

    /// Where the folder store's URLs begin.
    static let publicURL = "https://codex.example"

    let time: VirtualTime
    let table: FaultInjectingTable
    let source = ScriptedSource()
    let identifiers: SeededIdentifiers
    let runs: RunStore
    let workspaces: WorkspaceStore
    let users: UserStore
    let executors: ExecutorStore
    let objects: FolderObjectStore
    let tokens: TokenAuthority
    let app: IntakeApp
    /// Owns ``workspace``.
    let owner: User
    /// An admin, who owns nothing.
    let admin: User
    /// A member, who owns nothing.
    let stranger: User
    let workspace: Workspace

    init(
        _ setting: Setting, time: VirtualTime, objects: FolderObjectStore, signer: ObjectURLSigner
    ) async throws {
        self.time = time
        self.objects = objects
        table = FaultInjectingTable(setting.table)
        identifiers = SeededIdentifiers(time: time)
        let transactions = Transactions(table: table, time: SystemTime(), random: SeededRandom())
        runs = RunStore(transactions: transactions, identifiers: identifiers)
        workspaces = WorkspaceStore(transactions: transactions)
        users = UserStore(transactions: transactions)
        executors = ExecutorStore(table: table)
        tokens = try await TokenAuthority(
            key: [UInt8](repeating: 7, count: 32), time: time, identifiers: identifiers)
        let logger = Logger(label: "intake-tests") { _ in SwiftLogNoOpLogHandler() }
        app = IntakeApp(
            dependencies: IntakeDependencies(
                runs: runs, workspaces: workspaces, users: users, executors: executors,
                registry: ExecutorRegistry(store: executors, time: time, logger: logger),
                objects: objects, checkObjectURL: Self.check(signer), tokens: tokens,
                authenticator: Authenticator(authority: tokens, users: users, time: time),
                ownership: Ownership(workspaces: workspaces), publisher: setting.publisher,
                source: source, time: time, identifiers: identifiers, timing: PipelineTiming(),
                guardrails: setting.guardrails, logger: logger))
        owner = Self.user("ada", .member, identifiers, time)
        admin = Self.user("root", .admin, identifiers, time)
        stranger = Self.user("eve", .member, identifiers, time)
        for user in [owner, admin, stranger] { _ = try await users.create(user) }
        workspace = Workspace(
            id: identifiers.next(), name: "Lab", ownerID: owner.id, createdAt: time.now,
            updatedAt: time.now)
        _ = try await workspaces.create(workspace, owner: owner.username)
        try await executors.put(Self.demoExecutor)
    }

    /// An executor that does everything.
    static let demoExecutor = ExecutorRecord(
        executorName: "demo", supportedTaskTypes: TaskType.allCases,
        endpoint: "kafka:run.assignments", status: .active,
        config: ExecutorConfig(protocol: .command, command: ["demo-agent"]))

    private static func user(
        _ name: String, _ role: User.Role, _ identifiers: SeededIdentifiers, _ time: VirtualTime
    ) -> User {
        User(
            id: identifiers.next(), username: name, role: role, passwordHash: "",
            createdAt: time.now)
    }

    private static func check(_ signer: ObjectURLSigner) -> IntakeDependencies.ObjectURLCheck {
        { method, key, query, now in
            switch try signer.verify(method: method, key: key, query: query, now: now) {
            case .download(let fileName): .download(fileName: fileName)
            case .upload(let size, let sha256): .upload(size: size, sha256: sha256)
            }
        }
    }
}

/// Runs `body` with Intake and a client of it.
func withIntake<Value: Sendable>(
    _ setting: IntakeScene.Setting = IntakeScene.Setting(),
    _ body: @Sendable (IntakeScene, IntakeClient) async throws -> Value
) async throws -> Value {
    let time = VirtualTime()
    let signer = ObjectURLSigner(key: Array("a key for tests".utf8))
    return try await withFolderStore(
        signer: signer, publicURL: { IntakeScene.publicURL }, now: { time.now.milliseconds }
    ) { objects, _ in
        let scene = try await IntakeScene(setting, time: time, objects: objects, signer: signer)
        return try await Application(
            router: scene.app.makeRouter(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            logger: Logger(label: "intake-tests") { _ in SwiftLogNoOpLogHandler() }
        ).test(setting.transport) { client in
            try await body(scene, IntakeClient(client: client, scene: scene))
        }
    }
}
