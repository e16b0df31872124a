// SPDX-License-Identifier: Apache-2.0

public import Model

/// A CloudEvents 1.0 message in structured JSON mode, the form of every value on every topic.
///
/// See the CloudEvents specification and its JSON event format, version 1.0.2.
public struct CloudEvent: Hashable, Sendable, Codable {
    /// The header that says what the value is.
    public static let contentType = "application/cloudevents+json"

    /// Unique together with ``source``: a repeated message has the same.
    public let id: String
    /// Which service it comes from: `/tlao/` and the service's name.
    public let source: String
    /// What happened, with the version of its data.
    public let type: String
    /// What it happened to: a run, or a worker.
    public let subject: String?
    /// When it happened.
    public let time: Timestamp
    /// The W3C trace context it belongs to.
    public let traceparent: String?
    /// What is to be known about it, by type.
    public let data: JSONValue

    /// Creates a message.
    public init(
        id: String, source: String, type: String, subject: String?, time: Timestamp,
        traceparent: String? = nil,
        data: JSONValue
    ) {
        self.id = id
        self.source = source
        self.type = type
        self.subject = subject
        self.time = time
        self.traceparent = traceparent
        self.data = data
    }

    private enum CodingKeys: String, CodingKey {
        case specversion, id, source, type, subject, time, datacontenttype, traceparent, data
    }

    /// Reads a message; one of another major version of the specification is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let version = try container.decode(String.self, forKey: .specversion)
        guard version == "1.0" else {
            throw DecodingError.dataCorruptedError(
                forKey: .specversion, in: container, debugDescription: "unknown CloudEvents version"
            )
        }
        id = try container.decode(String.self, forKey: .id)
        source = try container.decode(String.self, forKey: .source)
        type = try container.decode(String.self, forKey: .type)
        subject = try container.decodeIfPresent(String.self, forKey: .subject)
        time = try container.decode(Timestamp.self, forKey: .time)
        traceparent = try container.decodeIfPresent(String.self, forKey: .traceparent)
        data = try container.decode(JSONValue.self, forKey: .data)
    }

    /// Writes the message.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("1.0", forKey: .specversion)
        try container.encode(id, forKey: .id)
        try container.encode(source, forKey: .source)
        try container.encode(type, forKey: .type)
        try container.encodeIfPresent(subject, forKey: .subject)
        try container.encode(time, forKey: .time)
        try container.encode("application/json", forKey: .datacontenttype)
        try container.encodeIfPresent(traceparent, forKey: .traceparent)
        try container.encode(data, forKey: .data)
    }
}
