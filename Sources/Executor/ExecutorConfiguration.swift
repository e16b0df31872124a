// SPDX-License-Identifier: Apache-2.0

/// What an operator decides about a worker.
///
/// - `workerID` (string, required): identifies this process; a restarted worker has another.
/// - `slots` (int, default 4, range 1–64): how many runs it executes at once.
/// - `only` (set of executor names, default empty): the executors it serves; empty serves all.
/// - `workFolder` (path, required): where workspaces lie while they are worked on. Made when missing;
///   each worker has a folder of its own in it, and removes those of workers that died.
/// - `agentHostPath` (path, required): the executable `tlao-agent-host`.
/// - `inheritedEnvironment` (names and values, default empty): the process's own environment, of
///   which an executor's record may pass variables on to its agent.
/// - `uploadAttempts` (int, default 3) and `uploadBaseDelay` (duration, default 500 ms): how often an
///   artifact's upload is tried, and the first pause, which doubles.
/// - `streamedOutputBytes` (int, default 8 MiB): how much output becomes steps; the rest is in the
///   stored log only.
/// - `outputInterval` (duration, default 100 ms) and `outputChunkBytes` (int, default 16 KiB): how
///   long output is gathered, and how much of it is one step.
/// - `unpackedBytes` (int, default 2 GiB) and `unpackedEntries` (int, default 200 000): the most that
///   a workspace archive may hold.
/// - `artifactCount` (int, default 200) and `artifactBytes` (int, default 500 MiB): the most that is
///   kept of a run.
/// - `shutdownGrace` (duration, default 30 s): how long agents may go on once a shutdown was asked
///   for.
/// - `announcementPatience` (duration, default 5 s): how long the acknowledgement of a run's last
///   event is waited for before that is left to the sweeper.
public struct ExecutorConfiguration: Sendable {
    /// Identifies this process.
    public var workerID: String
    /// How many runs are executed at once.
    public var slots = 4
    /// The executors that are served; empty serves all.
    public var only: Set<String> = []
    /// Where workspaces lie while they are worked on.
    public var workFolder: String
    /// The executable that hosts agents.
    public var agentHostPath: String
    /// The variables that records may pass on.
    public var inheritedEnvironment: [String: String] = [:]
    /// How often an upload is tried.
    public var uploadAttempts = 3
    /// The pause before an upload is tried again; doubles.
    public var uploadBaseDelay: Duration = .milliseconds(500)
    /// How many bytes of output become steps.
    public var streamedOutputBytes = 8 << 20
    /// How long output is gathered before it becomes a step.
    public var outputInterval: Duration = .milliseconds(100)
    /// The most bytes of output in one step.
    public var outputChunkBytes = 16 << 10
    /// The most bytes that a workspace archive may unpack to.
    public var unpackedBytes: Int64 = 2 << 30
    /// The most entries that a workspace archive may have.
    public var unpackedEntries = 200_000
    /// The most artifacts of a run.
    public var artifactCount = 200
    /// The most bytes of all artifacts of a run.
    public var artifactBytes: Int64 = 500 << 20
    /// How long agents may go on once a shutdown was asked for.
    public var shutdownGrace: Duration = .seconds(30)
    /// How long the acknowledgement of a run's last event is waited for.
    public var announcementPatience: Duration = .seconds(5)

    /// Creates a configuration with the documented defaults.
    public init(workerID: String, workFolder: String, agentHostPath: String) {
        self.workerID = workerID
        self.workFolder = workFolder
        self.agentHostPath = agentHostPath
    }

    /// Checks the bounds that are documented above.
    ///
    /// - Throws: ``ExecutorError`` `invalidConfiguration`, naming the key.
    public func validate() throws(ExecutorError) {
        guard (1...64).contains(slots) else {
            throw ExecutorError(.invalidConfiguration, "slots must be 1 to 64")
        }
        let isPlain = workerID.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isPlain, (1...128).contains(workerID.utf8.count) else {
            throw ExecutorError(
                .invalidConfiguration, "workerID must be 1 to 128 letters, digits, - and _")
        }
        guard workFolder.hasPrefix("/") else {
            throw ExecutorError(.invalidConfiguration, "workFolder must be an absolute path")
        }
        guard uploadAttempts >= 1, artifactCount >= 3, outputChunkBytes >= 64 else {
            throw ExecutorError(
                .invalidConfiguration,
                "uploadAttempts must be at least 1, artifactCount 3, outputChunkBytes 64")
        }
    }
}
