// SPDX-License-Identifier: Apache-2.0

/// Takes a stream of Server-Sent Events apart, however its bytes are cut.
///
/// Follows the grammar of WHATWG HTML, section 9.2.6: lines end by CR, LF or both, a byte order
/// mark may stand at the start, bytes that are no UTF-8 become U+FFFD. Unknown fields and comments
/// are passed over.
struct ServerSentEventParser {
    /// The longest line, and the most data of one event, that is kept; what is over it makes the
    /// stream unusable.
    static let eventLimit = 8 << 20

    /// How long to wait before connecting again, as the stream last said.
    private(set) var retry: Duration?
    /// Whether an event was over the limit.
    private(set) var isBroken = false

    private var line: [UInt8] = []
    private var endedWithCarriageReturn = false
    private var isAtStart = true
    private var type = ""
    private var data: String?
    private var lastID: String?

    /// Takes in some bytes and answers the events that they complete.
    mutating func parse(_ bytes: [UInt8]) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            let followsCarriageReturn = endedWithCarriageReturn
            endedWithCarriageReturn = byte == UInt8(ascii: "\r")
            switch byte {
            case UInt8(ascii: "\n") where followsCarriageReturn: continue
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if let event = endLine() { events.append(event) }
            default: append(byte)
            }
        }
        return events
    }

    private mutating func append(_ byte: UInt8) {
        guard line.count < Self.eventLimit else {
            isBroken = true
            return
        }
        line.append(byte)
    }

    private mutating func endLine() -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        guard !line.isEmpty else { return dispatch() }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        let name = String(decoding: line[..<(colon ?? line.endIndex)], as: UTF8.self)
        var value = colon.map { line[($0 + 1)...] } ?? []
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        take(name, String(decoding: value, as: UTF8.self))
        return nil
    }

    private mutating func take(_ name: String, _ value: String) {
        switch name {
        case "event": type = value
        case "data": addData(value)
        case "id": if !value.utf8.contains(0) { lastID = value }
        case "retry":
            if !value.isEmpty, value.utf8.allSatisfy({ (48...57).contains($0) }),
                let milliseconds = Int64(value)
            {
                retry = .milliseconds(milliseconds)
            }
        default: break
        }
    }

    private mutating func addData(_ value: String) {
        guard let sofar = data else {
            data = value
            return
        }
        guard sofar.utf8.count + value.utf8.count < Self.eventLimit else {
            isBroken = true
            return
        }
        data = sofar + "\n" + value
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            type = ""
            data = nil
        }
        guard let data else { return nil }
        return ServerSentEvent(type: type.isEmpty ? "message" : type, data: data, id: lastID)
    }
}
