// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import TestSupport

/// What happens to a run, or is tried on it, in a generated life.
enum LifecycleOperation: Sendable {
    /// A command that may well be refused: of another time, repeated, or out of order.
    case command(RunCommand)
    /// The n-th of the commands that the run's state allows, so that lives get somewhere.
    case next(Int)
    /// The holder writes steps of its own.
    case work(Int)
    /// Time passes.
    case wait(seconds: Int)
}

extension Generator where Value == LifecycleOperation {
    static var operation: Generator {
        .weighted(
            (3, Generator<Int>.integer(in: 0...20).map(LifecycleOperation.next)),
            (3, Generator<RunCommand>.command.map(LifecycleOperation.command)),
            (1, Generator<Int>.integer(in: 1...5).map(LifecycleOperation.work)),
            (1, Generator<Int>.integer(in: 0...400).map { LifecycleOperation.wait(seconds: $0) }))
    }
}

extension Generator where Value == RunCommand {
    /// Makes commands from a few identifiers and tokens, so that duplicates and late ones abound.
    static var command: Generator {
        let assignment = Generator<String>.element(of: ["a1", "a2"])
        let token = Generator<String>.element(of: ["t1", "t2"])
        return .oneOf(
            assignment.map { .assign(LifecycleOperation.assignment($0)) },
            zip(assignment, .anyCase).map { .takeBack(AssignmentID($0), because: $1) },
            zip(assignment, token).map { .claim(AssignmentID($0), Lease(token: $1, owner: "w")) },
            token.map { .renew(token: $0, lastSequence: 0) },
            zip(token, .outcome).map { .finish(token: $0, $1, lastSequence: 0) },
            zip(token, Generator<Int64>.integer(in: 0...2)).map {
                .expire(token: $0, renewals: $1, lastSequence: 0)
            },
            token.map { .overrun(token: $0, lastSequence: 0) },
            .constant(.requestCancel), Generator<WaitingReason>.anyCase.map { .wait($0) })
    }
}

extension LifecycleOperation {
    static func assignment(_ id: String) -> Assignment {
        Assignment(
            id: AssignmentID(id), executorName: "kiro", workerID: "w", topic: "run.assignments")
    }

    /// Commands that suit the run's state, as honest stages would give them.
    static func suitable(for run: Run) -> [RunCommand] {
        if let lease = run.lease {
            let last = run.lastSequence
            return [
                .renew(token: lease.token, lastSequence: last),
                .renew(token: lease.token, lastSequence: last),
                .finish(token: lease.token, RunOutcome(end: .completed), lastSequence: last),
                .expire(token: lease.token, renewals: lease.renewals, lastSequence: last),
                .overrun(token: lease.token, lastSequence: last), .requestCancel,
            ]
        }
        if let assignment = run.assignment {
            let lease = Lease(token: "t1", owner: "w")
            return [
                .claim(assignment.id, lease), .claim(assignment.id, lease),
                .takeBack(assignment.id, because: .workersBusy), .requestCancel,
            ]
        }
        return [
            .assign(assignment("a1")), .assign(assignment("a2")), .assign(assignment("a1")),
            .wait(.noWorkerOnline), .requestCancel,
        ]
    }
}
