// SPDX-License-Identifier: Apache-2.0

public import Records

/// A record and where it was said.
public struct PublishedRecord: Hashable, Sendable {
    /// What was said.
    public let record: Record
    /// On which topic.
    public let topic: Topic
    /// Whether whoever said it waited for the acknowledgement.
    public let isAcknowledged: Bool

    /// Notes a record.
    public init(_ record: Record, on topic: Topic, isAcknowledged: Bool = false) {
        self.record = record
        self.topic = topic
        self.isAcknowledged = isAcknowledged
    }
}
