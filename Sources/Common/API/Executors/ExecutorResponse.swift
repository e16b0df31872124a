// SPDX-License-Identifier: Apache-2.0

public import Model

/// A registered executor and its workers, as the API shows them.
public struct ExecutorResponse: Hashable, Codable, Sendable {
    /// The record.
    public let record: ExecutorRecord
    /// How many workers that serve it were heard of lately.
    public let workersOnline: Int
    /// How many runs those can execute at once.
    public let slots: Int
    /// How many more they could take.
    public let freeSlots: Int
    /// When one of them was last heard of; null when none was since this service started.
    public let lastHeartbeatAt: Timestamp?

    /// Shows a record.
    public init(
        _ record: ExecutorRecord, workersOnline: Int, slots: Int, freeSlots: Int,
        lastHeartbeatAt: Timestamp?
    ) {
        self.record = record
        self.workersOnline = workersOnline
        self.slots = slots
        self.freeSlots = freeSlots
        self.lastHeartbeatAt = lastHeartbeatAt
    }

    private enum CodingKeys: String, CodingKey {
        case workersOnline, slots, freeSlots, lastHeartbeatAt
    }

    /// Reads the record's members and those of the workers from one object.
    public init(from decoder: any Decoder) throws {
        record = try ExecutorRecord(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        workersOnline = try container.decode(Int.self, forKey: .workersOnline)
        slots = try container.decode(Int.self, forKey: .slots)
        freeSlots = try container.decode(Int.self, forKey: .freeSlots)
        lastHeartbeatAt = try container.decodeIfPresent(Timestamp.self, forKey: .lastHeartbeatAt)
    }

    /// Writes the record's members and those of the workers into one object.
    public func encode(to encoder: any Encoder) throws {
        try record.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(workersOnline, forKey: .workersOnline)
        try container.encode(slots, forKey: .slots)
        try container.encode(freeSlots, forKey: .freeSlots)
        try container.encode(lastHeartbeatAt, forKey: .lastHeartbeatAt)
    }
}
