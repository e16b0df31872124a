// SPDX-License-Identifier: Apache-2.0

/// Where a run is in its life.
///
/// The last four are terminal: nothing follows them.
public enum RunStatus: String, CaseIterable, Codable, Sendable {
    /// Accepted, and not yet executing.
    case queued
    /// A worker executes it.
    case running
    /// The agent did its work.
    case completed
    /// It ended without the work being done; the run says why.
    case failed
    /// It ran over its time limit and was terminated.
    case timedOut = "timed_out"
    /// It was stopped on request.
    case cancelled

    /// Whether nothing follows it.
    public var isTerminal: Bool { self != .queued && self != .running }
}
