// SPDX-License-Identifier: Apache-2.0

/// A stored event of a run's timeline, with the mark of whoever wrote it.
public struct RunStep: Equatable, Sendable {
    /// The event.
    public let event: ProgressEvent
    /// The lease token or other mark of its writer, by which the writer recognises its own after a
    /// lost answer.
    public let writer: String

    /// Creates a step.
    public init(event: ProgressEvent, writer: String) {
        self.event = event
        self.writer = writer
    }
}
