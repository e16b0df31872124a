// SPDX-License-Identifier: Apache-2.0

import Model
import NIOCore
import Seams
import TestSupport
import Testing

@testable import Notifier

@Suite(.timeLimit(.minutes(1)))
struct RunFeedTests {
    private let feed = RunFeed(run: SeededIdentifiers().next(), capacity: 4, at: .zero)

    @Test func `an event is encoded once for all who read it`() throws {
        try append(1...3)
        let one = try #require(feed.frames(after: 0))
        let other = try #require(feed.frames(after: 1))
        #expect(Self.storage(of: one[1]) == Self.storage(of: other[0]))
        #expect(Self.storage(of: one[2]) == Self.storage(of: other[1]))
    }

    @Test func `only the last events are kept`() throws {
        try append(1...6)
        #expect(feed.frames(after: 1) == nil)
        #expect(feed.frames(after: 2)?.map(\.sequence) == [3, 4, 5, 6])
        #expect(feed.frames(after: 5)?.map(\.sequence) == [6])
        #expect(feed.frames(after: 6)?.isEmpty == true)
        #expect(feed.frames(after: .max)?.isEmpty == true)
    }

    @Test func `an event out of order is a gap, a known one is not`() throws {
        try append(1...2)
        #expect(feed.append(try frame(4), at: .zero) == .gap)
        #expect(feed.append(try frame(.max), at: .zero) == .gap)
        #expect(feed.append(try frame(2), at: .zero) == .done)
        #expect(feed.frames(after: 0)?.map(\.sequence) == [1, 2])
    }

    private func append(_ sequences: ClosedRange<Int64>) throws {
        for sequence in sequences {
            #expect(feed.append(try frame(sequence), at: .zero) == .done)
        }
    }

    private func frame(_ sequence: Int64) throws -> Frame {
        try #require(
            Frame(
                ProgressEvent(
                    runID: feed.run, sequenceNumber: sequence,
                    timestamp: Timestamp(milliseconds: 0), type: .log, message: "x")))
    }

    private static func storage(of frame: Frame) -> UInt {
        unsafe frame.bytes.withUnsafeReadableBytes { unsafe UInt(bitPattern: $0.baseAddress) }
    }
}
