// SPDX-License-Identifier: Apache-2.0

/// Why a run failed.
public struct RunFailure: Hashable, Codable, Sendable {
    /// The closed list of reasons.
    ///
    /// Other people's retry rules depend on it: add with care, never rename.
    public enum Code: String, CaseIterable, Codable, Sendable {
        /// The agent said so, or exited with another status than 0.
        case agentFailed = "agent_failed"
        /// The agent died of a signal, or ended before its protocol's final message.
        case agentCrashed = "agent_crashed"
        /// The agent's program is not there, or can't be executed.
        case agentNotFound = "agent_not_found"
        /// The agent broke its protocol.
        case agentProtocolError = "agent_protocol_error"
        /// The agent reached its token or turn bound.
        case agentIncomplete = "agent_incomplete"
        /// The agent has no valid credential.
        case notSignedIn = "not_signed_in"
        /// The agent's provider asked it to slow down.
        case throttled
        /// The agent refused the work.
        case refused
        /// The agent neither said nor did anything for too long.
        case stalled
        /// The workspace archive is damaged, hostile or not the one announced.
        case archiveInvalid = "archive_invalid"
        /// The workspace archive is not there.
        case archiveMissing = "archive_missing"
        /// The limits asked for need a sandbox that can't be had.
        case sandboxUnavailable = "sandbox_unavailable"
        /// There was no room left.
        case diskFull = "disk_full"
        /// An artifact could not be stored.
        case artifactUploadFailed = "artifact_upload_failed"
        /// The worker died or lost its lease.
        case executorLost = "executor_lost"
        /// The worker was shut down.
        case workerShutdown = "worker_shutdown"
        /// A fault of the service itself.
        case `internal`
    }

    /// Which of the reasons.
    public let code: Code
    /// What happened, for people; at most 5 KiB of UTF-8.
    public let message: String

    /// Creates a reason.
    ///
    /// Of a longer message the last 5 KiB stay.
    public init(code: Code, message: String) {
        self.code = code
        self.message = UTF8Text.suffix(of: message, bytes: 5_120)
    }
}
