// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

/// Where every kind of row stands in the one table.
public enum TableKeys {
    /// A workspace.
    public static func workspace(_ id: WorkspaceID) -> TableKey { key("WS#\(id)", "META") }
    /// A user's membership of a workspace.
    public static func membership(_ username: String, _ id: WorkspaceID) -> TableKey {
        key("USER#\(username)", "WS#\(id)")
    }
    /// A task.
    public static func task(_ id: TaskID, in workspace: WorkspaceID) -> TableKey {
        key("WS#\(workspace)", "TASK#\(id)")
    }
    /// A run.
    public static func run(_ id: RunID, in workspace: WorkspaceID) -> TableKey {
        key("WS#\(workspace)", "RUN#\(id)")
    }
    /// The tail of a run's log.
    public static func logTail(_ run: RunID) -> TableKey { key("RUN#\(run)", "LOG") }
    /// A step of a run's timeline; ten digits keep the order.
    public static func step(_ run: RunID, _ sequence: Int64) -> TableKey {
        let digits = String(sequence)
        return key(
            "RUN#\(run)",
            "STEP#" + String(repeating: "0", count: max(0, 10 - digits.count)) + digits)
    }
    /// An artifact.
    public static func artifact(_ id: ArtifactID, in workspace: WorkspaceID) -> TableKey {
        key("WS#\(workspace)", "ART#\(id)")
    }
    /// The link from a run to an artifact.
    public static func artifactLink(_ run: RunID, _ id: ArtifactID) -> TableKey {
        key("RUN#\(run)", "ART#\(id)")
    }
    /// An uploaded archive.
    public static func archive(_ id: ArchiveID, in workspace: WorkspaceID) -> TableKey {
        key("WS#\(workspace)", "ARCHIVE#\(id)")
    }
    /// A waiting run's place: higher priorities first, then older runs first.
    public static func waiting(_ run: RunID, priority: Int, in workspace: WorkspaceID) -> TableKey {
        key("WS#\(workspace)", "WAIT#\(9 - priority)#\(run)")
    }
    /// The slots of a workspace.
    public static func slots(_ workspace: WorkspaceID) -> TableKey {
        key("WS#\(workspace)", "SLOTS")
    }
    /// A workspace's count of runs created on a day.
    public static func quota(_ workspace: WorkspaceID, on day: CalendarDay) -> TableKey {
        key("WS#\(workspace)", "QUOTA#\(day)")
    }
    /// The pointer from a run to its workspace.
    public static func runPointer(_ id: RunID) -> TableKey { key("RUN#\(id)", "META") }
    /// The pointer from a task to its workspace.
    public static func taskPointer(_ id: TaskID) -> TableKey { key("TASK#\(id)", "META") }
    /// The link from a task to one of its runs.
    public static func taskRunLink(_ task: TaskID, _ run: RunID) -> TableKey {
        key("TASK#\(task)", "RUN#\(run)")
    }
    /// The pointer from an artifact to its workspace.
    public static func artifactPointer(_ id: ArtifactID) -> TableKey { key("ART#\(id)", "META") }
    /// An executor.
    public static func executor(_ name: String) -> TableKey { key("SYS", "EXEC#\(name)") }
    /// A user.
    public static func user(_ username: String) -> TableKey { key("USER#\(username)", "META") }
    /// The remembered answer to a request with an idempotency key.
    public static func idempotency(_ user: UserID, route: String, keyDigest: String) -> TableKey {
        key("IDEM#\(user)#\(route)#\(keyDigest)", "META")
    }
    /// A worker's presence, written only while Kafka can't carry its heartbeats.
    public static func workerPresence(_ workerID: String) -> TableKey {
        key("SYS", "WORKER#\(workerID)")
    }
    /// A bell for a worker, written only while Kafka can't carry assignments.
    public static func workerBell(_ workerID: String, _ run: RunID) -> TableKey {
        key("WORKER#\(workerID)", "BELL#\(run)")
    }

    private static func key(_ partition: String, _ sort: String) -> TableKey {
        TableKey(partition: partition, sort: sort)
    }
}
