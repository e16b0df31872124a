// SPDX-License-Identifier: Apache-2.0

import API
import Foundation
import Model
import Subprocess
import Synchronization
import TestSupport
import Testing
import TlaoSDK

/// A server that is killed again and again, on one data folder, with runs of it in many states.
final class KillScene: Sendable {
    static let settings = [
        "TLAO_LEASE_SEC": "2", "TLAO_SLOTS": "6", "TLAO_CONCURRENCY_LIMIT": "8",
        "TLAO_DAILY_RUN_QUOTA": "1000000",
    ]

    /// How many runs are unfinished before a kill, where there is time to ask for them.
    private static let unfinished = 10

    let installation: Installation
    let agent: RestlessAgent
    /// A token that was given out before the first kill.
    let token: String
    private let acceptedRuns = Mutex<Set<RunID>>([])
    private let promptCount = Mutex(0)

    private init(installation: Installation, agent: RestlessAgent, token: String) {
        self.installation = installation
        self.agent = agent
        self.token = token
    }

    /// Starts for the first time, registers the agent and signs in.
    static func begin(on installation: Installation) async throws -> KillScene {
        let agent = try RestlessAgent(in: installation.folder)
        let token = try await installation.withUp(settings) { up in
            try await agent.agent.register(by: up.user)
            return up.user.token
        }.value
        return KillScene(installation: installation, agent: agent, token: token)
    }

    /// The runs that a server said it had accepted.
    var accepted: Set<RunID> { acceptedRuns.withLock { $0 } }

    /// As many prompts as a life can use, each unlike all before.
    func prompts(using random: inout some RandomNumberGenerator) -> [String] {
        promptCount.withLock { count in
            (0..<Self.unfinished).map { _ in
                count += 1
                return RestlessAgent.prompt(count, using: &random)
            }
        }
    }

    /// Starts the server, asks for runs until enough are unfinished, and kills it at a moment.
    ///
    /// The moment is counted from when it is ready, or from when it was started: then the kill may
    /// hit the start. The only signal there is for a random moment is the clock.
    func live(fromReady: Bool, for moment: Duration, asking prompts: [String]) async throws {
        let ended = try await ChildProcess.with(
            BuiltProgram.path(BuiltProgram.server), ["up", "--port", "0"],
            environment: installation.environment(Self.settings), folder: installation.folder
        ) { process in
            let ready = TestSignal<Void>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await self.ask(process, ready, prompts) }
                if fromReady { try await ready.next(within: .seconds(60), "up.json") }
                try await Task.sleep(for: moment)
                try process.killNow()
                try await group.waitForAll()
            }
        }
        #expect(ended.status == .signaled(9))
    }

    /// Every run in the table.
    func runs(as user: SignedIn) async throws -> [RunResponse] {
        var runs: [RunResponse] = []
        var cursor: String?
        repeat {
            let page = try await user.client.listRuns(
                in: user.workspace, limit: 200, cursor: cursor)
            runs += page.items
            cursor = page.nextCursor
        } while cursor != nil
        return runs
    }

    /// Asks for runs, until the kill breaks the connection: nothing else may go wrong.
    private func ask(
        _ process: ChildProcess, _ ready: TestSignal<Void>, _ prompts: [String]
    ) async throws {
        do {
            let file = try await self.installation.announcement(of: process)
            ready.send()
            try await SignedIn.with(address: file.api, token: token) { user in
                let waiting = try await self.runs(as: user).count { !$0.status.isTerminal }
                for prompt in prompts.prefix(max(0, Self.unfinished - waiting)) {
                    let run = try await user.startRun(prompt, on: self.agent.agent.name)
                    self.acceptedRuns.withLock { _ = $0.insert(run.runId) }
                }
            }
        } catch {
            if let refusal = error as? TlaoError, refusal.status != nil { throw refusal }
            try await eventually(within: .seconds(2), "the kill that explains \(error)") {
                !process.isRunning
            }
        }
    }
}
