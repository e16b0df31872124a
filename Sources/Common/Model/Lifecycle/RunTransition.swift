// SPDX-License-Identifier: Apache-2.0

/// What a command makes of a run: everything that has to be written together, or not at all.
public struct RunTransition: Equatable, Sendable {
    /// What happens to the slot that the run holds in its workspace.
    public enum SlotEffect: Equatable, Sendable {
        /// It is taken, if one is free.
        case take
        /// It is freed.
        case free
        /// Nothing.
        case none
    }

    /// What happens to the run's place among the waiting.
    public enum QueueEffect: Equatable, Sendable {
        /// It gets one (again).
        case enter
        /// It loses it.
        case leave
        /// Nothing.
        case none
    }

    /// The run as it was; nil when it is new.
    ///
    /// What is written is conditional on this version.
    public let before: Run?
    /// The run as it will be, with the next version.
    public let after: Run
    /// The events that tell of it, numbered on from the timeline's end.
    public let events: [ProgressEvent]
    /// What happens to its slot.
    public let slot: SlotEffect
    /// What happens to its place among the waiting.
    public let queue: QueueEffect

    /// Whether the run ends by this.
    public var isEnd: Bool { after.status.isTerminal && before?.status.isTerminal != true }
}
