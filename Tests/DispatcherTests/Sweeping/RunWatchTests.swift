// SPDX-License-Identifier: Apache-2.0

import Model
import Testing

@testable import Dispatcher

@Suite(.timeLimit(.minutes(1))) struct RunWatchTests {
    private static let start = Timestamp(milliseconds: 1_000_000_000_000)
    private static let assignment = Assignment(
        id: AssignmentID("a"), executorName: "kiro", workerID: "w", topic: "run.assignments")
    private let timing = PipelineTiming()
    private var watch = RunWatch()

    @Test mutating func `a run that is not due is let alone`() {
        var run = Self.run(.queued)
        run.dueAt = Self.time(1)
        expect(look(at: run, 0), .nothing)
        run.dueAt = nil
        expect(look(at: run, 5), .nothing)
    }

    @Test mutating func `a waiting run is looked at ever less often while nothing changes`() {
        let run = Self.run(.queued)
        for delay in [5, 10, 20, 40, 80, 160, 300, 300] {
            expect(look(at: run, 0), .wake(lookAgain: Self.time(delay)))
        }
        var changed = run
        changed.version += 1
        expect(look(at: changed, 0), .wake(lookAgain: Self.time(5)))
    }

    @Test mutating func `a run that waits for Kafka is looked at as often as a new one`() {
        let run = Self.run(.queued)
        for _ in 0..<5 {
            expect(look(at: run, 0, suspect: true), .wake(lookAgain: Self.time(5)))
        }
    }

    @Test mutating func `an unclaimed offer is rung once more, and taken back later`() {
        var run = Self.run(.queued)
        run.assignment = Self.assignment
        expect(look(at: run, 5), .ringAgain(Self.assignment, lookAgain: Self.time(10)))
        guard case .lookAgain = look(at: run, 8) else {
            Issue.record("The offer was not given its time.")
            return
        }
        expect(look(at: run, 10), .takeBack(Self.assignment))
    }

    @Test mutating func `a lease is lost after a whole lease time, measured on the own clock`() {
        let run = Self.running()
        expect(look(at: run, 0), .lookAgain(Self.time(5, milliseconds: 1)))
        guard case .lookAgain = look(at: run, 29.999) else {
            Issue.record("The lease was lost too early.")
            return
        }
        expect(look(at: run, 30), .expire(Self.lease()))
    }

    @Test mutating func `a renewal begins a new lease time`() {
        _ = look(at: Self.running(), 0)
        _ = look(at: Self.running(renewals: 1), 29)
        guard case .lookAgain = look(at: Self.running(renewals: 1), 58) else {
            Issue.record("A renewed lease was lost.")
            return
        }
        expect(look(at: Self.running(renewals: 1), 59), .expire(Self.lease(renewals: 1)))
    }

    @Test mutating func `a jump of the wall clock costs nobody a lease`() {
        let run = Self.running()
        _ = look(at: run, 0)
        guard case .lookAgain = look(at: run, 1, wallClockAhead: 7_200) else {
            Issue.record("The wall clock ended a run.")
            return
        }
    }

    @Test mutating func `a holder that renews past its deadline is stopped after the patience`() {
        _ = look(at: Self.running(renewals: 0), 0)
        for second in stride(from: 60, to: 75, by: 5) {
            guard
                case .lookAgain = look(
                    at: Self.running(renewals: Int64(second)), Double(second))
            else {
                Issue.record("The run was ended before the patience was over.")
                return
            }
        }
        expect(look(at: Self.running(renewals: 75), 75), .overrun(Self.lease(renewals: 75)))
    }

    @Test mutating func `an ended run is announced when its worker had the time to`() {
        var run = Self.run(.completed)
        run.completedAt = Self.time(10)
        expect(look(at: run, 12), .lookAgain(Self.time(15)))
        expect(look(at: run, 15), .announce)
        run.completedAt = Self.time(1_000)
        expect(look(at: run, 15), .announce)
    }

    private func expect(
        _ decision: SweepDecision, _ expected: SweepDecision,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(decision == expected, sourceLocation: sourceLocation)
    }

    // MARK: - Runs and times

    private mutating func look(
        at run: Run, _ seconds: Double, suspect: Bool = false, wallClockAhead ahead: Int = 0
    ) -> SweepDecision {
        let milliseconds = Int64(seconds * 1_000)
        let now = Timestamp(
            milliseconds: Self.start.milliseconds + milliseconds + Int64(ahead) * 1_000)
        return watch.look(
            at: run, RunWatch.Moment(now: now, elapsed: .milliseconds(milliseconds)),
            isBrokerSuspect: suspect, timing: timing)
    }

    private static func time(_ seconds: Int, milliseconds: Int64 = 0) -> Timestamp {
        start.advanced(by: .seconds(seconds) + .milliseconds(milliseconds))
    }

    private static func lease(renewals: Int64 = 0) -> Lease {
        Lease(token: "t", owner: "w", renewals: renewals)
    }

    private static func running(renewals: Int64 = 0) -> Run {
        var run = run(.running)
        run.assignment = assignment
        run.lease = lease(renewals: renewals)
        run.startedAt = start
        return run
    }

    private static func run(_ status: RunStatus) -> Run {
        var run = Run(
            id: RunID("r"), taskID: TaskID("t"), workspaceID: WorkspaceID("w"),
            taskType: .codeChange, title: "", timeLimitSeconds: 60, createdAt: start)
        run.status = status
        run.dueAt = start
        return run
    }
}
