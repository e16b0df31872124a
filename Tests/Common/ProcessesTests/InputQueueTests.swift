// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Processes

/// What waits to be written, with numbers in the place of those who wait.
@Suite(.timeLimit(.minutes(1)))
struct InputQueueTests {
    @Test func `bytes given at the start are written in parts, then it is done`() {
        var queue = InputQueue<Int>(.bytes([1, 2, 3]))
        #expect(queue.takeFront()?.written == 0)
        _ = queue.wrote(2)
        #expect(queue.takeFront()?.written == 2)
        #expect(!queue.isDone)
        _ = queue.wrote(1)
        #expect(!queue.hasBytes)
        #expect(queue.isDone)
    }

    @Test(arguments: [HostedProcess.StandardInput.none, .file(path: "/x"), .bytes([1])])
    func `only a stream takes writes`(input: HostedProcess.StandardInput) {
        #expect(!InputQueue<Int>(input).acceptsWrites)
        #expect(InputQueue<Int>(.stream).acceptsWrites)
    }

    @Test func `a write that was begun outlives its writer, a waiting one does not`() {
        var queue = InputQueue<Int>(.stream)
        queue.enqueue([1], number: 1, writer: 10)
        queue.enqueue([2], number: 2, writer: 20)
        _ = queue.takeFront()
        #expect(queue.abandon(number: 1) == 10)
        #expect(queue.abandon(number: 2) == 20)
        #expect(queue.takeFront()?.bytes == [1])
        #expect(queue.wrote(1) == nil)
        #expect(!queue.hasBytes)
    }

    @Test func `a writer is given back when its last byte is written`() {
        var queue = InputQueue<Int>(.stream)
        queue.enqueue([1, 2], number: 1, writer: 10)
        queue.enqueue([3], number: 2, writer: 20)
        #expect(queue.wrote(1) == nil)
        #expect(queue.wrote(1) == 10)
        #expect(queue.wrote(1) == 20)
    }

    @Test func `closing gives back everybody who still waits`() {
        var queue = InputQueue<Int>(.stream)
        queue.enqueue([1], number: 1, writer: 10)
        queue.enqueue([2], number: 2, writer: 20)
        #expect(queue.close() == [10, 20])
        #expect(queue.isDone && !queue.acceptsWrites && !queue.hasBytes)
    }
}
