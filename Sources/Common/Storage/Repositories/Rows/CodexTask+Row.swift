// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension CodexTask: RowRepresentable {
    private static let taskSpecAttribute = "taskSpec"
    private static let createdAtAttribute = "createdAt"

    /// Reads a task.
    public init(row: TableRow) throws(TableError) {
        let reader = RowReader(row: row)
        self.init(
            id: TaskID(try reader.sort(after: "TASK#")),
            workspaceID: WorkspaceID(try reader.partition(after: "WS#")),
            taskSpec: try reader.document(Self.taskSpecAttribute),
            createdAt: try reader.time(Self.createdAtAttribute))
    }

    /// The row `WS#{workspace}`/`TASK#{task}`, with the specification as one JSON document.
    public var row: TableRow {
        get throws(TableError) {
            var writer = RowWriter(TableKeys.task(id, in: workspaceID))
            try writer.set(Self.taskSpecAttribute, document: taskSpec)
            writer.set(Self.createdAtAttribute, time: createdAt)
            return writer.row
        }
    }
}
