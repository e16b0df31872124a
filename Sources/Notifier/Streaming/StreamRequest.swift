// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import Model

/// A request for a run's stream, as its head says it.
struct StreamRequest: Sendable {
    let runID: String
    let authorization: String?
    let cursor: String?
    let correlationID: String?

    /// Reads a request's head; nil when it asks for something else.
    init?(_ head: HTTPRequest) {
        guard head.method == .get, let path = head.path else { return nil }
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let components = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        guard components.count == 4, components[0].isEmpty, components[1] == "runs",
            components[3] == "stream"
        else { return nil }
        runID = String(components[2])
        authorization = head.headerFields[.authorization]
        let lastEventID = HTTPField.Name("Last-Event-ID").flatMap { head.headerFields[$0] }
        cursor =
            lastEventID.flatMap { $0.isEmpty ? nil : $0 }
            ?? (parts.count > 1 ? Self.parameter("after", in: parts[1]) : nil)
        correlationID = CorrelationID.accepted(
            HTTPField.Name(CorrelationID.header).flatMap { head.headerFields[$0] })
    }

    private static func parameter(_ name: String, in query: Substring) -> String? {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts[0] == name { return parts.count > 1 ? String(parts[1]) : "" }
        }
        return nil
    }
}
