// SPDX-License-Identifier: Apache-2.0

/// How far a task has come; derived from its runs, never stored.
public enum TaskStatus: String, Codable, Sendable {
    /// It has no run yet.
    case pending
    /// A run of it has not ended.
    case active
    /// All its runs have ended.
    case completed
}
