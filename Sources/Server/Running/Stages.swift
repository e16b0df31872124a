// SPDX-License-Identifier: Apache-2.0

import Access
import Crypto
import Dispatcher
import ExecutorService
import FolderStorage
import Intake
import Logging
import Model
import Notifier
import Processes
import Repositories
import Seams
import Storage

/// Builds the stages from what the process has: the same way for all in one process and for one in
/// its own.
struct Stages: Sendable {
    let settings: ServerSettings
    let folder: DataFolder
    let stores: Stores
    let messages: Messages
    let registry: ExecutorRegistry
    let address: PublicAddress
    private let objects: FolderObjectStore
    private let urlSigner: ObjectURLSigner
    private let tokens: TokenAuthority

    init(
        settings: ServerSettings, folder: DataFolder, stores: Stores, messages: Messages,
        tokenKey: [UInt8]
    ) async throws {
        self.settings = settings
        self.folder = folder
        self.stores = stores
        self.messages = messages
        registry = ExecutorRegistry(
            store: stores.executors, time: stores.time, logger: Self.logger("registry", settings))
        let address = PublicAddress(settings.publicURL, host: "\(settings.host):\(settings.port)")
        self.address = address
        urlSigner = ObjectURLSigner(key: Self.urlKey(from: tokenKey))
        let time = stores.time
        do {
            objects = try await FolderObjectStore.open(
                root: folder.objectsPath, signer: urlSigner, publicURL: { address.text },
                now: { time.now.milliseconds })
            tokens = try await TokenAuthority(
                key: tokenKey, time: time, identifiers: stores.identifiers)
        } catch {
            throw ServerFailure(status: ServerFailure.configuration, message: "\(error)")
        }
    }

    func intake() -> IntakeApp {
        let logger = Self.logger("intake", settings)
        let (signer, time) = (urlSigner, stores.time)
        return IntakeApp(
            dependencies: IntakeDependencies(
                runs: stores.runs, workspaces: stores.workspaces, users: stores.users,
                executors: stores.executors,
                registry: registry, objects: objects,
                checkObjectURL: { method, key, query, now in
                    switch try signer.verify(method: method, key: key, query: query, now: now) {
                    case .download(let fileName): .download(fileName: fileName)
                    case .upload(let size, let sha256): .upload(size: size, sha256: sha256)
                    }
                }, tokens: tokens, authenticator: authenticator,
                ownership: Ownership(workspaces: stores.workspaces),
                publisher: messages.publisher(of: "intake", logger: logger),
                source: messages.source, time: time,
                identifiers: stores.identifiers, timing: settings.timing,
                guardrails: settings.guardrails,
                logger: logger))
    }

    func dispatcher() -> DispatcherApp {
        let logger = Self.logger("dispatcher", settings)
        return DispatcherApp(
            dependencies: DispatcherDependencies(
                runs: stores.runs, workspaces: stores.workspaces, registry: registry,
                rendezvous: WorkerRendezvous(table: stores.table),
                publisher: messages.publisher(of: "dispatcher", logger: logger),
                source: messages.source,
                time: stores.time, identifiers: stores.identifiers, random: stores.random,
                timing: settings.timing,
                guardrails: settings.guardrails, logger: logger, sweepsEnabled: settings.sweeps))
    }

    func executor() throws -> ExecutorApp {
        let logger = Self.logger("executor", settings)
        do {
            var configuration = ExecutorConfiguration(
                workerID: stores.identifiers.uuid(), workFolder: folder.workPath,
                agentHostPath: try HostExecutable.locate(override: settings.agentHost))
            configuration.slots = settings.slots
            configuration.only = settings.only
            configuration.inheritedEnvironment = settings.environment
            configuration.shutdownGrace = settings.shutdownGrace
            return try ExecutorApp(
                configuration: configuration,
                dependencies: ExecutorDependencies(
                    runs: stores.runs, workspaces: stores.workspaces, registry: registry,
                    rendezvous: WorkerRendezvous(table: stores.table), objects: objects,
                    publisher: messages.publisher(of: "executor", logger: logger),
                    source: messages.source,
                    time: stores.time, identifiers: stores.identifiers, random: stores.random,
                    timing: settings.timing, guardrails: settings.guardrails, logger: logger))
        } catch {
            throw ServerFailure(status: ServerFailure.configuration, message: "\(error)")
        }
    }

    func notifier() -> NotifierApp {
        NotifierApp(
            dependencies: NotifierDependencies(
                runs: stores.runs, authenticator: authenticator,
                ownership: Ownership(workspaces: stores.workspaces), source: messages.source,
                time: stores.time,
                identifiers: stores.identifiers, logger: Self.logger("notifier", settings)))
    }

    private var authenticator: Authenticator {
        Authenticator(authority: tokens, users: stores.users, time: stores.time)
    }

    static func logger(_ service: String, _ settings: ServerSettings) -> Logger {
        var logger = Logger(label: "tlao.\(service)")
        logger.logLevel = settings.logLevel
        return logger
    }

    /// The key of object URLs follows from that of tokens, so that there is one secret to keep (RFC
    /// 5869).
    private static func urlKey(from tokenKey: [UInt8]) -> [UInt8] {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: tokenKey), info: Array("tlao object urls".utf8),
            outputByteCount: 32)
        // The only way to a key's bytes; they are copied before the pointer ends.
        return unsafe key.withUnsafeBytes { unsafe Array($0) }
    }
}
