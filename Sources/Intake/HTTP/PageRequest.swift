// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Hummingbird
import Model

/// Which page of a list is asked for.
///
/// A cursor is opaque to clients: the list it belongs to and the last item's id, in base64url. One
/// of another list is refused.
struct PageRequest {
    /// The most items, 1 to 200.
    let limit: Int
    /// The last item of the page before; nil is the first page.
    let after: String?
    private let list: String

    /// Reads `limit` and `cursor` of a request for `list`.
    ///
    /// - Throws: ``Violations`` naming what is wrong with them.
    init(_ request: Request, list: String) throws(Violations) {
        self.list = list
        var violations: [Violation] = []
        let limitText = request.uri.queryParameters["limit"].map(String.init)
        limit = limitText.map { Int($0) ?? 0 } ?? 50
        if !(1...200).contains(limit) {
            violations.append(
                Violation(field: "limit", reason: "must be a whole number from 1 to 200"))
        }
        let cursor = request.uri.queryParameters["cursor"].map(String.init)
        after = cursor.flatMap { Self.decode($0, list: list) }
        if cursor != nil, after == nil {
            violations.append(
                Violation(field: "cursor", reason: "must be the nextCursor of this same list"))
        }
        guard violations.isEmpty else { throw Violations(violations) }
    }

    /// The cursor of the page after the one that ends with `last`; nil stays nil.
    func cursor(after last: String?) -> String? {
        last.map { last in
            Data("\(list)\n\(last)".utf8).base64EncodedString()
                .split(separator: "=", omittingEmptySubsequences: true).first.map(String.init)?
                .replacing("+", with: "-").replacing("/", with: "_") ?? ""
        }
    }

    private static func decode(_ cursor: String, list: String) -> String? {
        let plain = cursor.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: plain + padding) else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        guard text.hasPrefix(list + "\n") else { return nil }
        let last = String(text.dropFirst(list.count + 1))
        return Identifier<Run>(validating: last)?.text
    }
}
