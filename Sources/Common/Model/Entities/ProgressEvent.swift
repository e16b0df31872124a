// SPDX-License-Identifier: Apache-2.0

/// One event of a run's timeline: what is stored as a step, streamed to clients and published.
///
/// Coded as JSON it is the `data` of the stream, field for field. A run's sequence numbers are 1,
/// 2, 3, … without a gap.
public struct ProgressEvent: Hashable, Codable, Sendable {
    /// What an event is about.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// The run came to another status or phase: `data.status`, `data.phase`.
        case statusChange = "status_change"
        /// The agent wrote something: `data.stream`, `stdout` or `stderr`.
        case log
        /// An artifact can be downloaded: `data.artifactId`, `data.fileName`, `data.artifactType`,
        /// `data.size`.
        case artifactReady = "artifact_ready"
        /// The run failed: `data.code`.
        case runError = "run_error"
    }

    /// The run.
    public let runID: RunID
    /// Its place in the timeline.
    public let sequenceNumber: Int64
    /// When it happened.
    public let timestamp: Timestamp
    /// What it is about.
    public let type: Kind
    /// The event in words; for `log` the output itself.
    public let message: String
    /// Further members, by kind.
    public let data: [String: JSONValue]

    /// Creates an event.
    public init(
        runID: RunID, sequenceNumber: Int64, timestamp: Timestamp, type: Kind, message: String,
        data: [String: JSONValue] = [:]
    ) {
        self.runID = runID
        self.sequenceNumber = sequenceNumber
        self.timestamp = timestamp
        self.type = type
        self.message = message
        self.data = data
    }

    private enum CodingKeys: String, CodingKey {
        case runID = "runId"
        case sequenceNumber, timestamp, type, message, data
    }

    /// The status a `status_change` tells of; nil for other events.
    public var status: RunStatus? {
        type == .statusChange ? data["status"]?.text.flatMap(RunStatus.init(rawValue:)) : nil
    }

    /// The phase a `status_change` tells of; nil for other events.
    public var phase: RunPhase? {
        type == .statusChange ? data["phase"]?.text.flatMap(RunPhase.init(rawValue:)) : nil
    }

    /// Whether it is the last of its run.
    public var isTerminal: Bool { status?.isTerminal ?? false }
}
