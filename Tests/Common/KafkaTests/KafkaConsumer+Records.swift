// SPDX-License-Identifier: Apache-2.0
import Kafka
import TestSupport

extension KafkaConsumer {
    /// Reads the next records, or throws when they don't come in time.
    func records(_ count: Int, within limit: Duration = .seconds(20)) async throws -> [KafkaRecord]
    {
        try await withDeadline(limit, for: "\(count) records") {
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
