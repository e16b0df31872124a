// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Passes records from the consumer's thread to the tasks that read them, within bounds.
///
/// The thread appends and asks whether it is full; it is told by `onRoom` when half of it is free
/// again. Each record goes to one reader, and those who wait longest come first.
final class RecordBuffer: Sendable {
    typealias Reader = Promise<KafkaRecord?>

    private struct State {
        var records = RecordQueue()
        var readers: [Reader] = []
        var end: Reader.Outcome?
        var awaitsRoom = false
    }

    private let capacity: Int
    private let byteCapacity: Int
    private let onRoom: @Sendable () -> Void
    private let state = Mutex(State())

    init(capacity: Int, byteCapacity: Int, onRoom: @escaping @Sendable () -> Void) {
        self.capacity = max(1, capacity)
        self.byteCapacity = max(1, byteCapacity)
        self.onRoom = onRoom
    }

    /// How many records wait for a reader.
    var count: Int { state.withLock { $0.records.count } }

    /// Whether the buffer became full and has not emptied to half since.
    var awaitsRoom: Bool { state.withLock { $0.awaitsRoom } }

    /// Gives a record to a waiting reader, or keeps it.
    ///
    /// Only the consumer's thread calls this.
    func append(_ record: KafkaRecord) {
        while let reader = takeReader(orKeep: record) {
            // A reader that was cancelled in the meantime refuses: then the next one gets it.
            if reader.resolve(.success(record)) { return }
        }
    }

    /// Takes the next record; `nil` at the end and when the task is cancelled.
    func next() async throws(KafkaError) -> KafkaRecord? {
        let reader = Reader()
        let hasRoom = state.withLock { state in
            if let record = state.records.popFirst() {
                reader.resolve(.success(record))
                return noteRoom(&state)
            }
            if let end = state.end { reader.resolve(end) } else { state.readers.append(reader) }
            return false
        }
        if hasRoom { onRoom() }
        let outcome = await withTaskCancellationHandler {
            await reader.outcome()
        } onCancel: {
            if reader.resolve(.success(nil)) { forget(reader) }
        }
        return try outcome.get()
    }

    /// Takes out what is kept of these partitions, in order.
    func take(_ partitions: Set<KafkaTopicPartition>) -> [KafkaRecord] {
        let (records, hasRoom) = state.withLock { state in
            let records = state.records.removeAll { partitions.contains($0.topicPartition) }
            return (records, noteRoom(&state))
        }
        if hasRoom { onRoom() }
        return records
    }

    /// Ends the sequence: what is kept is dropped, and readers see the error or the end.
    func finish(_ error: KafkaError?) {
        let end: Reader.Outcome = error.map { .failure($0) } ?? .success(nil)
        let readers = state.withLock { state -> [Reader] in
            guard state.end == nil else { return [] }
            state.end = end
            state.records = RecordQueue()
            state.awaitsRoom = false
            defer { state.readers = [] }
            return state.readers
        }
        for reader in readers { reader.resolve(end) }
    }

    private func takeReader(orKeep record: KafkaRecord) -> Reader? {
        state.withLock { state in
            guard state.end == nil else { return nil }
            guard state.readers.isEmpty else { return state.readers.removeFirst() }
            state.records.append(record)
            if state.records.count >= capacity || state.records.bytes >= byteCapacity {
                state.awaitsRoom = true
            }
            return nil
        }
    }

    private func forget(_ reader: Reader) {
        state.withLock { $0.readers.removeAll { $0 === reader } }
    }

    /// Notices once that a full buffer is at most half full again.
    private func noteRoom(_ state: inout State) -> Bool {
        guard state.awaitsRoom, state.records.count <= capacity / 2,
            state.records.bytes <= byteCapacity / 2
        else { return false }
        state.awaitsRoom = false
        return true
    }
}
