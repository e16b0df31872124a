// SPDX-License-Identifier: Apache-2.0

/// Why a workspace gets a turn.
enum WakeCause: Int, Comparable, Sendable {
    /// A worker may have room: only of interest while it still has when the turn comes.
    case capacity
    /// Something about its runs or slots changed, or a sweeper looked.
    case work

    static func < (left: WakeCause, right: WakeCause) -> Bool { left.rawValue < right.rawValue }
}
