// SPDX-License-Identifier: Apache-2.0

/// Something a run's reader should know that did not make it fail.
public struct RunWarning: Hashable, Codable, Sendable {
    /// The closed list of warnings.
    public enum Code: String, CaseIterable, Codable, Sendable {
        /// The agent was denied something it asked for.
        case permissionDenied = "permission_denied"
        /// A kind of artifact that was expected is missing.
        case artifactMissing = "artifact_missing"
        /// Artifacts were packed together, or left out, because there were too many.
        case artifactLeftOut = "artifact_left_out"
        /// The stored log is shorter than the output was.
        case logTruncated = "log_truncated"
        /// A file named in the task is not in the workspace.
        case fileMissing = "file_missing"
    }

    /// Which of the warnings.
    public let code: Code
    /// What happened, for people; at most 1 KiB of UTF-8.
    public let message: String
    /// How often.
    public let count: Int

    /// Creates a warning.
    public init(code: Code, message: String, count: Int = 1) {
        self.code = code
        self.message = UTF8Text.prefix(of: message, bytes: 1_024)
        self.count = count
    }
}
