// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension Run: RowRepresentable {
    /// How many shards the `due` index has.
    public static let dueShardCount = 16

    /// The shard of the `due` index it belongs to: the last hexadecimal digit of its identifier,
    /// which is random in a UUID version 7.
    public var dueShard: Int { id.text.last?.hexDigitValue ?? 0 }

    /// Reads a run.
    public init(row: TableRow) throws(TableError) {
        let reader = RowReader(row: row)
        self = try Run(identityIn: reader)
        try readProgress(from: reader)
        try readHold(from: reader)
        try readEnd(from: reader)
    }

    /// The row `WS#{workspace}`/`RUN#{run}`, in the `due` index while ``dueAt`` is set.
    public var row: TableRow {
        get throws(TableError) {
            var writer = RowWriter(TableKeys.run(id, in: workspaceID))
            writeIdentity(to: &writer)
            writeProgress(to: &writer)
            writeHold(to: &writer)
            try writeEnd(to: &writer)
            return writer.row
        }
    }
}

// MARK: - What never changes

extension Run {
    private init(identityIn reader: RowReader) throws(TableError) {
        self.init(
            id: RunID(try reader.sort(after: "RUN#")),
            taskID: try reader.identifier(RunAttribute.taskID),
            workspaceID: WorkspaceID(try reader.partition(after: "WS#")),
            taskType: try reader.choice(RunAttribute.taskType),
            title: try reader.text(RunAttribute.title),
            archiveID: try reader.optionalIdentifier(RunAttribute.archiveID),
            requestedExecutor: try reader.optionalText(RunAttribute.requestedExecutor),
            retryOf: try reader.optionalIdentifier(RunAttribute.retryOf),
            priority: Int(try reader.whole(RunAttribute.priority)),
            timeLimitSeconds: Int(try reader.whole(RunAttribute.timeLimitSeconds)),
            createdAt: try reader.time(RunAttribute.createdAt))
    }

    private func writeIdentity(to writer: inout RowWriter) {
        writer.set(RunAttribute.taskID, text: taskID.text)
        writer.set(RunAttribute.taskType, text: taskType.rawValue)
        writer.set(RunAttribute.title, text: title)
        writer.set(RunAttribute.archiveID, text: archiveID?.text)
        writer.set(RunAttribute.requestedExecutor, text: requestedExecutor)
        writer.set(RunAttribute.retryOf, text: retryOf?.text)
        writer.set(RunAttribute.priority, whole: priority)
        writer.set(RunAttribute.timeLimitSeconds, whole: timeLimitSeconds)
        writer.set(RunAttribute.createdAt, time: createdAt)
    }
}

// MARK: - How far it has come

extension Run {
    private mutating func readProgress(from reader: RowReader) throws(TableError) {
        status = try reader.choice(RunAttribute.status)
        phase = try reader.choice(RunAttribute.phase)
        waitingReason = try reader.optionalChoice(RunAttribute.waitingReason)
        executorName = try reader.optionalText(RunAttribute.executorName)
        startedAt = try reader.optionalTime(RunAttribute.startedAt)
        completedAt = try reader.optionalTime(RunAttribute.completedAt)
        cancelRequestedAt = try reader.optionalTime(RunAttribute.cancelRequestedAt)
        lastSequence = try reader.whole(RunAttribute.lastSequence)
        dueAt = try reader.optionalTime(RunAttribute.dueAt)
        version = try reader.whole(RunAttribute.version)
    }

    private func writeProgress(to writer: inout RowWriter) {
        writer.set(RunAttribute.status, text: status.rawValue)
        writer.set(RunAttribute.phase, text: phase.rawValue)
        writer.set(RunAttribute.waitingReason, text: waitingReason?.rawValue)
        writer.set(RunAttribute.executorName, text: executorName)
        writer.set(RunAttribute.startedAt, time: startedAt)
        writer.set(RunAttribute.completedAt, time: completedAt)
        writer.set(RunAttribute.cancelRequestedAt, time: cancelRequestedAt)
        writer.set(RunAttribute.lastSequence, whole: lastSequence)
        writer.set(RunAttribute.dueAt, time: dueAt)
        writer.set(RunAttribute.dueShard, whole: dueAt == nil ? nil : dueShard)
        writer.set(RunAttribute.version, whole: version)
    }
}

// MARK: - Who has it

extension Run {
    private mutating func readHold(from reader: RowReader) throws(TableError) {
        if let id: AssignmentID = try reader.optionalIdentifier(RunAttribute.assignmentID) {
            assignment = Assignment(
                id: id, executorName: try reader.text(RunAttribute.assignmentExecutor),
                workerID: try reader.text(RunAttribute.assignmentWorker),
                topic: try reader.text(RunAttribute.assignmentTopic))
        }
        if let token = try reader.optionalText(RunAttribute.leaseToken) {
            lease = Lease(
                token: token, owner: try reader.text(RunAttribute.leaseOwner),
                renewals: try reader.whole(RunAttribute.leaseRenewals))
        }
    }

    private func writeHold(to writer: inout RowWriter) {
        writer.set(RunAttribute.assignmentID, text: assignment?.id.text)
        writer.set(RunAttribute.assignmentExecutor, text: assignment?.executorName)
        writer.set(RunAttribute.assignmentWorker, text: assignment?.workerID)
        writer.set(RunAttribute.assignmentTopic, text: assignment?.topic)
        writer.set(RunAttribute.leaseToken, text: lease?.token)
        writer.set(RunAttribute.leaseOwner, text: lease?.owner)
        writer.set(RunAttribute.leaseRenewals, whole: lease?.renewals)
    }
}

// MARK: - What came of it

extension Run {
    private mutating func readEnd(from reader: RowReader) throws(TableError) {
        failure = try reader.optionalDocument(RunAttribute.failure)
        warnings = try reader.optionalDocument(RunAttribute.warnings) ?? []
        artifactIDs = try reader.optionalDocument(RunAttribute.artifactIDs) ?? []
        logArtifactID = try reader.optionalIdentifier(RunAttribute.logArtifactID)
        logsTruncated = try reader.flag(RunAttribute.logsTruncated)
        usage = try reader.optionalDocument(RunAttribute.usage)
    }

    private func writeEnd(to writer: inout RowWriter) throws(TableError) {
        try writer.set(RunAttribute.failure, document: failure)
        try writer.set(RunAttribute.warnings, document: warnings.isEmpty ? nil : warnings)
        try writer.set(RunAttribute.artifactIDs, document: artifactIDs.isEmpty ? nil : artifactIDs)
        writer.set(RunAttribute.logArtifactID, text: logArtifactID?.text)
        writer.set(RunAttribute.logsTruncated, flag: logsTruncated)
        try writer.set(RunAttribute.usage, document: usage)
    }
}
