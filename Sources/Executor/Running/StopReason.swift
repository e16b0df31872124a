// SPDX-License-Identifier: Apache-2.0

/// Why a run is stopped before its agent has ended.
enum StopReason: Sendable, Equatable {
    /// Somebody asked for it.
    case cancelRequested
    /// Its time is over.
    case timeLimit
    /// The worker shuts down.
    case shutdown
    /// The worker doesn't hold it any more, or can't know: nothing more may be written.
    case lost
}
