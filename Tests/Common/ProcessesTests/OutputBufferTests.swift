// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Processes

/// The bounded buffer between the pipes and the reader.
@Suite(.timeLimit(.minutes(1)))
struct OutputBufferTests {
    @Test func `neighbours of one stream are joined, in order`() {
        var buffer = OutputBuffer(capacity: 1000)
        buffer.append([1, 2], of: .standardOutput)
        buffer.append([3], of: .standardOutput)
        buffer.append([4], of: .standardError)
        #expect(buffer.next() == ProcessOutput(stream: .standardOutput, bytes: [1, 2, 3]))
        #expect(buffer.next() == ProcessOutput(stream: .standardError, bytes: [4]))
        #expect(buffer.next() == nil)
    }

    @Test func `room ends at the capacity and is ample again at half of it`() {
        var buffer = OutputBuffer(capacity: 300)
        buffer.append([UInt8](repeating: 1, count: 100)[...], of: .standardOutput)
        #expect(buffer.hasRoom)
        buffer.append([UInt8](repeating: 1, count: 100)[...], of: .standardError)
        #expect(!buffer.hasRoom)
        _ = buffer.next()
        #expect(buffer.hasRoom)
        #expect(!buffer.hasAmpleRoom)
        _ = buffer.next()
        #expect(buffer.hasAmpleRoom)
    }

    @Test func `single bytes to both streams in turn fill it too`() {
        var buffer = OutputBuffer(capacity: 64 * 1024)
        var pieces = 0
        while buffer.hasRoom {
            buffer.append([1], of: pieces.isMultiple(of: 2) ? .standardOutput : .standardError)
            pieces += 1
        }
        #expect(pieces < 1100)
    }

    @Test func `thousands of pieces come out as they went in`() {
        var buffer = OutputBuffer(capacity: 1 << 20)
        var taken: [UInt8] = []
        for index in 0..<5000 {
            let stream: ProcessOutput.Stream = index % 2 == 0 ? .standardOutput : .standardError
            buffer.append([UInt8(truncatingIfNeeded: index)], of: stream)
            if index % 3 == 0, let piece = buffer.next() { taken += piece.bytes }
        }
        while let piece = buffer.next() { taken += piece.bytes }
        #expect(taken == (0..<5000).map { UInt8(truncatingIfNeeded: $0) })
    }

    @Test func `once discarded it takes everything and gives nothing`() {
        var buffer = OutputBuffer(capacity: 10)
        buffer.append([UInt8](repeating: 1, count: 100)[...], of: .standardOutput)
        buffer.discard()
        #expect(buffer.hasRoom && buffer.hasAmpleRoom)
        buffer.append([1], of: .standardOutput)
        #expect(buffer.next() == nil)
    }
}
