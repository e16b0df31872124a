// SPDX-License-Identifier: Apache-2.0

/// A first-in, first-out queue of records that knows its size in bytes.
struct RecordQueue {
    /// The records from `head` on; what has been taken before it is `nil`, so that it is free.
    private var storage: [KafkaRecord?] = []
    private var head = 0
    private(set) var bytes = 0

    var count: Int { storage.count - head }

    mutating func append(_ record: KafkaRecord) {
        storage.append(record)
        bytes += record.byteCount
    }

    mutating func popFirst() -> KafkaRecord? {
        guard head < storage.count, let record = storage[head] else { return nil }
        storage[head] = nil
        head += 1
        bytes -= record.byteCount
        // Moving the rest once for as many records as there are keeps the cost constant.
        if head * 2 >= storage.count {
            storage.removeFirst(head)
            head = 0
        }
        return record
    }

    /// Takes out the records that satisfy the condition; returns them in order.
    mutating func removeAll(where isWanted: (KafkaRecord) -> Bool) -> [KafkaRecord] {
        let all = storage[head...].compactMap { $0 }
        let wanted = all.filter(isWanted)
        guard !wanted.isEmpty else { return [] }
        self = RecordQueue()
        for record in all where !isWanted(record) { append(record) }
        return wanted
    }
}
