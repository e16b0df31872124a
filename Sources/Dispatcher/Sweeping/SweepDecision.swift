// SPDX-License-Identifier: Apache-2.0

import Model

/// What a sweeper does about a run that is due.
enum SweepDecision: Equatable, Sendable {
    /// Nothing: the run isn't due, or done.
    case nothing
    /// Only looks again, at that time.
    case lookAgain(Timestamp)
    /// Says the terminal event again, for nobody may have heard it.
    case announce
    /// Gives the workspace a turn, and looks again at that time.
    case wake(lookAgain: Timestamp)
    /// Rings the worker once more, and looks again at that time.
    case ringAgain(Assignment, lookAgain: Timestamp)
    /// Takes back an offer that lies.
    case takeBack(Assignment)
    /// Ends the run of a holder that fell silent.
    case expire(Lease)
    /// Ends the run of a holder that lets the deadline pass.
    case overrun(Lease)
}
