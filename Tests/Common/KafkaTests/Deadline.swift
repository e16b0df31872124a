// SPDX-License-Identifier: Apache-2.0
import Kafka

/// Thrown when something that must happen has not happened in time.
struct DeadlineExceeded: Error, CustomStringConvertible {
    let what: String
    var description: String { "not in time: \(what)" }
}

/// Runs `body`, and cancels it and throws when it takes longer than `limit`.
func within<Value: Sendable>(
    _ limit: Duration = .seconds(20), _ what: String,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask(operation: body)
        group.addTask {
            try await ContinuousClock().sleep(for: limit)
            throw DeadlineExceeded(what: what)
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw DeadlineExceeded(what: what) }
        return value
    }
}

extension KafkaConsumer {
    /// Reads the next records, or throws when they don't come in time.
    func records(_ count: Int, within limit: Duration = .seconds(20)) async throws -> [KafkaRecord] {
        try await KafkaTests.within(limit, "\(count) records") {
            var records: [KafkaRecord] = []
            for try await record in self {
                records.append(record)
                if records.count == count { break }
            }
            return records
        }
    }

    /// Reads the next records' values as text.
    func texts(_ count: Int, within limit: Duration = .seconds(20)) async throws -> [String] {
        try await records(count, within: limit).map { $0.text }
    }
}

extension KafkaRecord {
    /// The value as text; empty for a tombstone.
    var text: String { String(decoding: value ?? [], as: UTF8.self) }
}
