// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting

/// Something a roster may be told, also what honest workers wouldn't say.
enum RosterStep: Sendable {
    case heartbeat(WorkerHeartbeat)
    case reserve(AssignmentID, String)
    case claim(AssignmentID, String)
    case release(AssignmentID)
    case exclude(String)
    case wait(Duration)

    /// Tells it, and lets time go on where the step is to wait.
    func tell(_ roster: inout WorkerRoster, _ now: inout Duration) {
        switch self {
        case .heartbeat(let heartbeat):
            roster.heard(heartbeat, at: now, wallTime: Timestamp(milliseconds: 0))
        case .reserve(let assignment, let worker): roster.reserve(assignment, on: worker, at: now)
        case .claim(let assignment, let worker): roster.claimed(assignment, by: worker)
        case .release(let assignment): roster.release(assignment)
        case .exclude(let worker): roster.exclude(worker)
        case .wait(let duration): now += duration
        }
    }
}

extension Generator where Value == RosterStep {
    static var rosterStep: Generator {
        let worker = Generator<String>.element(of: ["a", "b", "c"])
        let assignment = Generator<String>.element(of: ["1", "2", "3", "4"])
            .map { AssignmentID($0) }
        let heartbeat = zip(
            worker, Generator<Int64>.integer(in: 0...20), Generator<Int>.integer(in: -1...4),
            Generator<Int>.integer(in: -1...6), Generator<Bool>.boolean
        ).map { worker, count, slots, free, draining in
            WorkerHeartbeat(
                workerID: worker, count: count, slots: slots, freeSlots: free,
                executorNames: ["kiro"], draining: draining)
        }
        return .weighted(
            (4, heartbeat.map(RosterStep.heartbeat)),
            (3, zip(assignment, worker).map { RosterStep.reserve($0, $1) }),
            (2, zip(assignment, worker).map { RosterStep.claim($0, $1) }),
            (1, assignment.map(RosterStep.release)), (1, worker.map(RosterStep.exclude)),
            (2, Generator<Int>.integer(in: 0...4).map { RosterStep.wait(.seconds($0)) }))
    }
}
