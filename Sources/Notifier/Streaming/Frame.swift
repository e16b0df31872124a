// SPDX-License-Identifier: Apache-2.0

import Model
import NIOCore

/// An event as it goes over the wire: encoded once, shared by all its subscribers.
struct Frame: Sendable {
    /// Its place in the timeline.
    let sequence: Int64
    /// Whether it is the timeline's last.
    let isTerminal: Bool
    /// `id`, `event` and `data`, and the empty line that ends them (WHATWG HTML, section 9.2).
    let bytes: ByteBuffer

    /// Encodes an event; nil when it can't be said in JSON, which no stored event is.
    init?(_ event: ProgressEvent) {
        guard let data = try? JSONText.bytes(event) else { return nil }
        sequence = event.sequenceNumber
        isTerminal = event.isTerminal
        var bytes = ByteBuffer()
        bytes.reserveCapacity(data.count + 64)
        bytes.writeString("id: \(event.sequenceNumber)\nevent: \(event.type.rawValue)\ndata: ")
        bytes.writeBytes(data)
        bytes.writeString("\n\n")
        self.bytes = bytes
    }

    /// The first bytes of every stream: how soon to come back.
    static let opening = ByteBuffer(string: "retry: 2000\n\n")
    /// What an idle stream says.
    static let keepalive = ByteBuffer(string: "event: keepalive\ndata: {}\n\n")
    /// What a stream says when its token has expired.
    static let reauthenticate = ByteBuffer(string: "event: reauthenticate\ndata: {}\n\n")
}
