// SPDX-License-Identifier: Apache-2.0

/// A finer account of a run's progress than its status, as told in its timeline.
public enum RunPhase: String, CaseIterable, Codable, Sendable {
    /// It waits for its turn.
    case queued
    /// A worker was chosen and has yet to claim it.
    case assigned
    /// The worker fetches and unpacks the workspace.
    case preparing
    /// The agent works.
    case running
    /// The worker collects what the agent produced.
    case collecting
    /// It has ended.
    case ended
}
