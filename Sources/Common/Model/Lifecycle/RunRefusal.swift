// SPDX-License-Identifier: Apache-2.0

/// Why a command can't be carried out on a run; the run stays as it is.
public enum RunRefusal: Error, Hashable, Sendable {
    /// The run has ended.
    case ended(RunStatus)
    /// The run is executing, or offered to a worker already.
    case notWaiting
    /// The run isn't offered under that assignment (any more).
    case notAssigned
    /// The run isn't held under that token, or its holder has renewed since.
    case notHeld
    /// The run's deadline isn't over.
    case notOverdue
    /// The command would change nothing.
    case unchanged
}
