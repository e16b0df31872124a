// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import Logging
import Model
import Synchronization

/// Writes log lines as JSON objects to standard error, one a line.
public struct JSONLogHandler: LogHandler {
    /// One writer for all handlers of the process, so that no two lines mix.
    private static let output = Mutex(FileDescriptorOutput())

    private let label: String
    /// The lowest level that is written.
    public var logLevel: Logger.Level
    /// What stands in every line of this handler.
    public var metadata: Logger.Metadata = [:]
    /// Where further metadata comes from.
    public var metadataProvider: Logger.MetadataProvider?

    /// Creates the handler of the logger named `label`.
    public init(label: String, level: Logger.Level) {
        self.label = label
        logLevel = level
    }

    /// Reads and changes one of the values that stand in every line.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a line: time, level, logger, message, then the metadata as members of their own.
    public func log(event: LogEvent) {
        let now = Timestamp(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1_000))
        let line = line(of: event, at: now)
        Self.output.withLock { $0.write(line) }
    }

    /// The line of an event, with its line feed.
    ///
    /// Metadata of the event wins over the provider's, and that over the handler's; none hides time,
    /// level, logger or message.
    func line(of event: LogEvent, at time: Timestamp) -> [UInt8] {
        var members: [String: JSONValue] = [:]
        if let error = event.error { members[LogKeys.error] = .string("\(error)") }
        for (key, value) in metadata { members[key] = Self.json(value) }
        for (key, value) in metadataProvider?.get() ?? [:] { members[key] = Self.json(value) }
        for (key, value) in event.metadata ?? [:] { members[key] = Self.json(value) }
        members["time"] = .string(time.description)
        members["level"] = .string(event.level.rawValue)
        members["logger"] = .string(label)
        members["message"] = .string("\(event.message)")
        let line =
            (try? JSONText.bytes(JSONValue.object(members))) ?? Array("{\"level\":\"error\"}".utf8)
        return line + [UInt8(ascii: "\n")]
    }

    private static func json(_ value: Logger.Metadata.Value) -> JSONValue {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let value): .string(value.description)
        case .array(let values): .array(values.map(json))
        case .dictionary(let values): .object(values.mapValues(json))
        }
    }
}
