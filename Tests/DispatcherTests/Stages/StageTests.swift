// SPDX-License-Identifier: Apache-2.0

import Model
import Testing

@testable import Dispatcher

@Suite(.timeLimit(.minutes(1))) struct StageTests {
    private static let kiro = Bench.executor
    private static let first = RunID("first")
    private static let others: Set<RunID> = [RunID("second"), RunID("third")]

    private static let slots: [(Set<RunID>, Int, WaitingReason?)] = [
        ([], 2, nil), ([RunID("second")], 2, nil), (others, 2, .concurrencyLimit),
        (others, 1, .concurrencyLimit), (others, 3, nil), ([], 0, .concurrencyLimit),
        ([first, RunID("second")], 2, nil),
    ]

    @Test(arguments: slots)
    func `a run goes on while its workspace has a free slot, or it holds one`(
        holders: Set<RunID>, limit: Int, reason: WaitingReason?
    ) {
        #expect(
            GuardrailStage.reasonToWait(
                Self.first, slotHolders: holders, concurrencyLimit: limit) == reason)
    }

    @Test func `executors that were made inactive are no candidates`() {
        var inactive = Self.kiro
        inactive.status = .inactive
        let needs = RunNeeds(taskType: .codeChange, requestedExecutor: "kiro")
        #expect(ExecutorStage.candidates(for: needs, in: [Self.kiro]) == [Self.kiro])
        #expect(ExecutorStage.candidates(for: needs, in: [inactive]).isEmpty)
        #expect(ExecutorStage.candidates(for: needs, in: []).isEmpty)
    }

    @Test func `the preferred executor with a free worker is chosen`() {
        var special = Self.kiro
        special.executorName = "special"
        let both = [special, Self.kiro]
        #expect(choose(both, ["w": ["kiro"]]) == .worker("w", Self.kiro))
        #expect(choose(both, ["w": ["kiro", "special"]]) == .worker("w", special))
    }

    private static let brokers: [(BrokerState.Channel, Bool, Int?, WaitingReason)] = [
        (.kafka, false, 0, .workersBusy), (.kafka, false, nil, .noWorkerOnline),
        (.table, true, nil, .brokerUnreachable), (.table, true, 0, .workersBusy),
        (.closed, true, 3, .brokerUnreachable),
    ]

    @Test(arguments: brokers)
    func `a run that gets no worker says why`(
        channel: BrokerState.Channel, isSuspect: Bool, free: Int?, reason: WaitingReason
    ) {
        let choice = choose(
            [Self.kiro], free == nil ? [:] : ["w": ["kiro"]], free: free ?? 0,
            broker: BrokerState(channel: channel, isSuspect: isSuspect))
        #expect(choice == .wait(reason))
    }

    @Test func `a run without executor waits for one`() {
        #expect(choose([], ["w": ["kiro"]]) == .wait(.noWorkerOnline))
    }

    @Test func `an assignment goes to the executor's own topic`() throws {
        var pool = Self.kiro
        pool.endpoint = "kafka:run.assignments.gpu"
        let assignment = AssignmentStage.assignment(AssignmentID("a"), to: "w", of: pool)
        #expect(assignment.topic == "run.assignments.gpu")
        #expect(assignment.executorName == "kiro" && assignment.workerID == "w")
    }

    private func choose(
        _ candidates: [ExecutorRecord], _ workers: [String: [String]], free: Int = 1,
        broker: BrokerState = BrokerState(channel: .kafka, isSuspect: false)
    ) -> WorkerStage.Choice {
        var roster = WorkerRoster()
        for (worker, executors) in workers {
            roster.heard(
                WorkerHeartbeat(
                    workerID: worker, count: 1, slots: 4, freeSlots: free,
                    executorNames: executors),
                at: .zero, wallTime: Timestamp(milliseconds: 0))
        }
        return WorkerStage.choose(among: candidates, roster: roster, broker: broker, at: .zero)
    }
}
