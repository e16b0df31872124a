// SPDX-License-Identifier: Apache-2.0

/// One HTTP request as it came, read to its end.
public struct LoopbackRequest: Sendable {
    /// The method.
    public let method: String
    /// The path, still percent-encoded.
    public let path: String
    /// The parameters of the query, still percent-encoded.
    public let query: [String: String]
    /// The fields, by name in lower case; of a repeated one the values are joined by commas.
    public let headers: [String: String]
    /// The body.
    public let body: [UInt8]

    /// Method and path in one.
    public var route: String { "\(method) \(path)" }

    init?(head: String, body: [UInt8]) {
        let lines = head.split(separator: "\r\n").map(String.init)
        let words = lines.first?.split(separator: " ").map(String.init) ?? []
        guard words.count == 3 else { return nil }
        method = words[0]
        let parts = words[1].split(separator: "?", maxSplits: 1).map(String.init)
        path = parts.first ?? ""
        query = Self.pairs(parts.dropFirst().first ?? "", between: "&", at: "=")
        headers = Self.fields(lines.dropFirst())
        self.body = body
    }

    static func fields(_ lines: some Sequence<String>) -> [String: String] {
        var fields: [String: String] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            fields.merge([line[..<colon].lowercased(): String(value)]) { "\($0), \($1)" }
        }
        return fields
    }

    private static func pairs(
        _ text: String, between: Character, at: Character
    ) -> [String: String] {
        var pairs: [String: String] = [:]
        for pair in text.split(separator: between) {
            let parts = pair.split(separator: at, maxSplits: 1).map(String.init)
            pairs[parts[0]] = parts.count > 1 ? parts[1] : ""
        }
        return pairs
    }
}
