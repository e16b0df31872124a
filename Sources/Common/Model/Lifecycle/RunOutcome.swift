// SPDX-License-Identifier: Apache-2.0

/// How an execution came out, as its worker saw it; every end of a run is one of these.
public struct RunOutcome: Equatable, Sendable {
    /// The ends a worker can report.
    public enum End: Equatable, Sendable {
        /// The agent did its work.
        case completed
        /// It did not.
        case failed(RunFailure)
        /// It was over its time limit and was terminated.
        case timedOut
        /// It was stopped on request.
        case cancelled
    }

    /// The end.
    public var end: End
    /// What was produced, in the order in which it was recorded.
    public var artifactIDs: [ArtifactID]
    /// Which of them is the log.
    public var logArtifactID: ArtifactID?
    /// Whether the stored log is shorter than the output was.
    public var logsTruncated: Bool
    /// What the run's reader should know.
    public var warnings: [RunWarning]
    /// What the agent reported to have used.
    public var usage: RunUsage?

    /// Creates an outcome.
    public init(
        end: End, artifactIDs: [ArtifactID] = [], logArtifactID: ArtifactID? = nil,
        logsTruncated: Bool = false,
        warnings: [RunWarning] = [], usage: RunUsage? = nil
    ) {
        self.end = end
        self.artifactIDs = artifactIDs
        self.logArtifactID = logArtifactID
        self.logsTruncated = logsTruncated
        self.warnings = warnings
        self.usage = usage
    }
}
