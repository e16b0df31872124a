// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension RunStep: RowRepresentable {
    /// The attribute that holds the event: the JSON text that is streamed and published, byte for
    /// byte.
    public static let eventAttribute = "event"

    /// The attribute that holds its writer's mark.
    public static let writerAttribute = "writer"

    private static let typeAttribute = "type"

    /// Reads a step; an event that belongs to another key is corrupt.
    public init(row: TableRow) throws(TableError) {
        let reader = RowReader(row: row)
        let event: ProgressEvent = try reader.document(Self.eventAttribute)
        guard TableKeys.step(event.runID, event.sequenceNumber) == row.key else {
            throw reader.corrupt(Self.eventAttribute, "belongs to another key")
        }
        self.init(event: event, writer: try reader.text(Self.writerAttribute))
    }

    /// The row `RUN#{run}`/`STEP#{sequence, 10 digits}`.
    public var row: TableRow {
        get throws(TableError) {
            var writer = RowWriter(TableKeys.step(event.runID, event.sequenceNumber))
            try writer.set(Self.eventAttribute, document: event)
            writer.set(Self.typeAttribute, text: event.type.rawValue)
            writer.set(Self.writerAttribute, text: self.writer)
            return writer.row
        }
    }
}
