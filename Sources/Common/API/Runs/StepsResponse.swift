// SPDX-License-Identifier: Apache-2.0

public import Model

/// The answer to `GET /runs/{id}/steps`: part of a run's timeline, in order.
public struct StepsResponse: Hashable, Codable, Sendable {
    /// The events after the one asked for.
    public let items: [ProgressEvent]
    /// The sequence number to ask on from, as text; null, and only then, when nothing more is
    /// recorded yet.
    public let nextCursor: String?

    /// Creates an answer.
    public init(items: [ProgressEvent], nextCursor: String?) {
        self.items = items
        self.nextCursor = nextCursor
    }

    private enum CodingKeys: String, CodingKey {
        case items, nextCursor
    }

    /// Writes the answer, with `nextCursor` also when it is null.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(nextCursor, forKey: .nextCursor)
    }
}
