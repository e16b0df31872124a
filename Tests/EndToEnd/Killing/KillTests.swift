// SPDX-License-Identifier: Apache-2.0

import API
import Foundation
import Model
import PropertyTesting
import Subprocess
import TestSupport
import Testing
import TlaoSDK

@Suite(.timeLimit(.minutes(8)))
struct KillTests {
    private static let kills = 20
    /// The longest time between a start, or being ready, and the kill.
    private static let longestLife = 4_000

    @Test
    func `every accepted run ends, and nothing of it is left, however often it is killed`()
        async throws
    {
        var random = try TestSeed.generator(of: "KillTests")
        try await Installation.with { installation in
            let scene = try await KillScene.begin(on: installation)
            for _ in 0..<Self.kills {
                let moment = Duration.milliseconds(
                    Int.random(in: 0...Self.longestLife, using: &random))
                // A quarter of the kills may hit the start.
                let fromReady = Int.random(in: 0..<4, using: &random) > 0
                let prompts = scene.prompts(using: &random)
                try await scene.live(fromReady: fromReady, for: moment, asking: prompts)
            }
            try await expectNoProcess(of: installation)
            let ended = try await installation.withUp(KillScene.settings) { up in
                try await SignedIn.with(address: up.file.api, token: scene.token) { user in
                    let runs = try await allEnded(scene, as: user)
                    try await expectSound(runs, scene, as: user)
                    try await expectUsable(scene, as: user)
                }
            }
            #expect(ended.status == .exited(0))
            try await expectNoProcess(of: installation)
            try expectEmptyWorkFolder(of: installation)
        }
    }

    /// Waits until every run in the table has ended, with those that were accepted among them.
    private func allEnded(_ scene: KillScene, as user: SignedIn) async throws -> [RunResponse] {
        let runs = try await eventuallyValue(within: .seconds(120), "the end of every run") {
            let runs = try await scene.runs(as: user)
            return runs.allSatisfy(\.status.isTerminal) ? runs : nil
        }
        #expect(Set(runs.map(\.runId)).isSuperset(of: scene.accepted))
        #expect(runs.count >= 10)
        return runs
    }

    private func expectSound(
        _ runs: [RunResponse], _ scene: KillScene, as user: SignedIn
    ) async throws {
        let begun = scene.agent.begun
        let finished = Set(scene.agent.finished)
        #expect(Set(begun).count == begun.count, "A run was executed twice.")
        for run in runs {
            let steps = try await user.client.listSteps(of: run.runId, limit: 200).items
            #expect(steps.map(\.sequenceNumber) == Array(1...Int64(steps.count)), "\(run)")
            #expect(steps.filter(\.isTerminal).map(\.sequenceNumber) == [run.lastSequence])
            switch run.status {
            case .completed: #expect(finished.contains(run.title), "\(run)")
            case .failed: #expect(run.error?.code == .executorLost, "\(run)")
            default: Issue.record("\(run) ended as \(run.status)")
            }
        }
        print("KillTests: \(runs.count) runs, \(runs.count { $0.status == .completed }) completed")
    }

    private func expectUsable(_ scene: KillScene, as user: SignedIn) async throws {
        let usage = try await user.client.getUsage(user.workspace)
        #expect(usage.running == 0)
        #expect(usage.queued == 0)
        let run = try await user.startRun("last plain 0.1", on: scene.agent.agent.name).runId
        let ended = try await user.ended(run)
        #expect(ended.status == .completed, "\(ended)")
    }

    private func expectNoProcess(of installation: Installation) async throws {
        try await eventually(within: .seconds(30), "the end of every process") {
            ProcessTable.identifiers(marked: installation.folder).isEmpty
        }
    }

    private func expectEmptyWorkFolder(of installation: Installation) throws {
        let left = try FileManager.default.contentsOfDirectory(atPath: installation.data + "/work")
        // A lock that workers share for good; everything else belongs to a run or to a worker.
        #expect(left.filter { $0 != ".tlao-workers.lock" } == [])
    }
}
