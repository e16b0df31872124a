// SPDX-License-Identifier: Apache-2.0

import API
import Model
import TlaoSDK

/// A list of the API, shown page by page.
struct Listing<Item: Codable & Sendable> {
    let path: String
    var query: [(String, String?)] = []
    let pages: PageOptions

    /// Prints each page's body unchanged, or a table of all items that were asked for.
    func show(in session: CommandSession, _ table: ([Item]) -> Table) async throws {
        var items: [Item] = []
        var cursor: String?
        repeat {
            let body = try await session.client.body(of: path, query: query + paging(cursor))
            let page = try decode(body)
            if session.printsJSON { try await session.console.print(body: body) }
            items += page.items
            cursor = page.nextCursor
        } while pages.all && cursor != nil
        guard !session.printsJSON else { return }
        if items.isEmpty {
            await session.console.say("There is nothing.")
        } else {
            try await session.console.print(table(items).lines(session.console.palette))
        }
        if cursor != nil {
            await session.console.say("There are more: --all, or a higher --limit.")
        }
    }

    private func paging(_ cursor: String?) -> [(String, String?)] {
        // The largest page means the fewest requests where all are wanted.
        let limit = pages.limit ?? (pages.all ? 200 : nil)
        return [("limit", limit.map(String.init)), ("cursor", cursor)]
    }

    private func decode(_ body: [UInt8]) throws -> PageResponse<Item> {
        do {
            return try JSONText.decode(PageResponse<Item>.self, from: body)
        } catch {
            throw CommandFailure(
                .unreachable, "The server's answer to GET \(path) is not of the API's form.",
                advice: ["Is the server of another version? tlao is \(ProductVersion.text)."],
                cause: error)
        }
    }
}
