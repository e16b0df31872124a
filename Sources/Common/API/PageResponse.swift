// SPDX-License-Identifier: Apache-2.0

/// A page of a list.
public struct PageResponse<Item: Codable & Sendable>: Codable, Sendable {
    /// The items, newest first.
    ///
    /// A filtered page may be short.
    public let items: [Item]
    /// What to ask for the next page with; null, and only then, at the end.
    public let nextCursor: String?

    /// Creates a page.
    public init(items: [Item], nextCursor: String?) {
        self.items = items
        self.nextCursor = nextCursor
    }

    private enum CodingKeys: String, CodingKey {
        case items, nextCursor
    }

    /// Writes the page, with `nextCursor` also when it is null.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(nextCursor, forKey: .nextCursor)
    }
}

extension PageResponse: Equatable where Item: Equatable {}
