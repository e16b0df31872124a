// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Kafka

@Suite(.timeLimit(.minutes(1)))
struct RecordBufferTests {
    @Test func `records leave in the order in which they came`() async throws {
        let buffer = RecordBuffer(capacity: 100, byteCapacity: 1000, onRoom: {})
        for offset in 0..<10 { buffer.append(record(offset)) }
        for offset in 0..<10 { #expect(try await buffer.next()?.offset == Int64(offset)) }
    }

    @Test func `room is told once, when half of the buffer is free`() async throws {
        let rooms = EventLog<Void>()
        let buffer = RecordBuffer(capacity: 4, byteCapacity: 1000, onRoom: { rooms.add(()) })
        for offset in 0..<4 { buffer.append(record(offset)) }
        #expect(buffer.awaitsRoom)
        _ = try await buffer.next()
        #expect(buffer.awaitsRoom && rooms.events.isEmpty)
        _ = try await buffer.next()
        #expect(!buffer.awaitsRoom && rooms.events.count == 1)
        _ = try await buffer.next()
        #expect(rooms.events.count == 1)
    }

    @Test func `a few large records fill the buffer as well as many small ones`() async throws {
        let buffer = RecordBuffer(capacity: 100, byteCapacity: 10, onRoom: {})
        buffer.append(record(0, bytes: 9))
        #expect(!buffer.awaitsRoom)
        buffer.append(record(1, bytes: 1))
        #expect(buffer.awaitsRoom)
    }

    @Test func `taking a partition out leaves the others and makes room`() async throws {
        let buffer = RecordBuffer(capacity: 4, byteCapacity: 1000, onRoom: {})
        for offset in 0..<4 { buffer.append(record(offset, partition: Int32(offset % 2))) }
        let taken = buffer.take([KafkaTopicPartition(topic: "t", partition: 0)])
        #expect(taken.map(\.offset) == [0, 2])
        #expect(!buffer.awaitsRoom)
        #expect(try await buffer.next()?.offset == 1)
        #expect(try await buffer.next()?.offset == 3)
    }

    @Test func `the end is final, and an error is told to every reader`() async throws {
        let buffer = RecordBuffer(capacity: 4, byteCapacity: 1000, onRoom: {})
        buffer.append(record(0))
        buffer.finish(KafkaError(code: .fatal, reason: "dead"))
        buffer.append(record(1))
        buffer.finish(nil)
        for _ in 0..<2 {
            let error = await #expect(throws: KafkaError.self) { try await buffer.next() }
            #expect(error?.code == .fatal)
        }
    }

    @Test func `the queue keeps count and bytes while it is emptied and filled`() {
        var queue = RecordQueue()
        var expected: [Int64] = []
        for round in 0..<200 {
            queue.append(record(round, bytes: round % 7))
            expected.append(Int64(round))
            if round % 3 != 0 {
                #expect(queue.popFirst()?.offset == expected.removeFirst())
            }
            #expect(queue.count == expected.count)
            #expect(queue.bytes == expected.reduce(0) { $0 + Int($1) % 7 })
        }
    }

    private func record(_ offset: Int, partition: Int32 = 0, bytes: Int = 0) -> KafkaRecord {
        KafkaRecord(
            topic: "t", partition: partition, offset: Int64(offset), timestampMilliseconds: nil,
            key: nil, value: Array(repeating: 0, count: bytes), headers: [])
    }
}
