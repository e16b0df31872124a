// SPDX-License-Identifier: Apache-2.0

/// An event as it came over a stream of Server-Sent Events (WHATWG HTML, section 9.2).
struct ServerSentEvent: Equatable, Sendable {
    /// The event's type; `message` when the stream named none.
    var type: String
    /// The data lines, joined by line feeds.
    var data: String
    /// The last id that the stream named up to this event; nil when it named none yet.
    var id: String?
}
