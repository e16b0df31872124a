// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import Testing

@testable import Dispatcher

@Suite(.timeLimit(.minutes(1))) struct WakeQueueTests {
    private let a = WorkspaceID("a")
    private let b = WorkspaceID("b")
    private let c = WorkspaceID("c")

    @Test func `a workspace that has more to do goes to the end of the line`() {
        var queue = WakeQueue(lanes: 1, limit: 10)
        for workspace in [a, b, a] { queue.wake(workspace, for: .work) }
        #expect(queue.next()?.workspace == a)
        #expect(queue.next() == nil)
        queue.finished(a, again: true)
        #expect(queue.next()?.workspace == b)
        queue.finished(b, again: false)
        #expect(queue.next()?.workspace == a)
        queue.finished(a, again: false)
        #expect(queue.next() == nil)
    }

    @Test func `a workspace woken during its turn gets another, never two at once`() {
        var queue = WakeQueue(lanes: 2, limit: 10)
        queue.wake(a, for: .work)
        #expect(queue.next()?.workspace == a)
        queue.wake(a, for: .capacity)
        #expect(queue.next() == nil)
        queue.finished(a, again: false)
        let turn = queue.next()
        #expect(turn?.workspace == a && turn?.cause == .capacity)
    }

    @Test func `of several causes the strongest counts`() {
        var queue = WakeQueue(lanes: 1, limit: 10)
        queue.wake(a, for: .capacity)
        queue.wake(a, for: .work)
        queue.wake(a, for: .capacity)
        #expect(queue.next()?.cause == .work)
    }

    @Test func `a full line takes nobody new`() {
        var queue = WakeQueue(lanes: 1, limit: 2)
        let isTaken = [a, b, c, a].map { queue.wake($0, for: .work) }
        #expect(isTaken == [true, true, false, true])
    }

    @Test func `nobody woken is left without a turn, however wakes and turns interleave`() async {
        let steps = Generator<(kind: Int, workspace: Int)> { choices in
            (
                try choices.draw(.integer(in: 0...2)), try choices.draw(.integer(in: 0...3))
            )
        }.array(count: 1...60)
        await checkProperty("No wake is lost", steps) { steps in
            var queue = WakeQueue(lanes: 2, limit: 10)
            var owed: Set<WorkspaceID> = []
            var served: [WorkspaceID] = []
            for step in steps {
                let workspace = WorkspaceID("\(step.workspace)")
                switch step.kind {
                case 0:
                    queue.wake(workspace, for: .work)
                    owed.insert(workspace)
                case 1:
                    guard let turn = queue.next() else { continue }
                    try require(!served.contains(turn.workspace), "served twice at once")
                    served.append(turn.workspace)
                    owed.remove(turn.workspace)
                default:
                    guard let first = served.first else { continue }
                    served.removeFirst()
                    queue.finished(first, again: false)
                }
            }
            for workspace in served { queue.finished(workspace, again: false) }
            while let turn = queue.next() {
                owed.remove(turn.workspace)
                queue.finished(turn.workspace, again: false)
            }
            try requireEqual(owed, [])
        }
    }
}
