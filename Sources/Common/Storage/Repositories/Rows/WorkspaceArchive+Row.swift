// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension WorkspaceArchive: RowRepresentable {
    private static let sizeAttribute = "size"
    private static let sha256Attribute = "sha256"
    private static let objectKeyAttribute = "s3Key"
    private static let createdAtAttribute = "createdAt"

    /// Reads an archive; one whose object stands elsewhere than its identifiers say is corrupt.
    public init(row: TableRow) throws(TableError) {
        let reader = RowReader(row: row)
        self.init(
            id: ArchiveID(try reader.sort(after: "ARCHIVE#")),
            workspaceID: WorkspaceID(try reader.partition(after: "WS#")),
            size: try reader.whole(Self.sizeAttribute),
            sha256: try reader.text(Self.sha256Attribute),
            createdAt: try reader.time(Self.createdAtAttribute))
        guard try reader.text(Self.objectKeyAttribute) == objectKey else {
            throw reader.corrupt(Self.objectKeyAttribute, "names another object")
        }
    }

    /// The row `WS#{workspace}`/`ARCHIVE#{archive}`.
    public var row: TableRow {
        get throws(TableError) {
            var writer = RowWriter(TableKeys.archive(id, in: workspaceID))
            writer.set(Self.sizeAttribute, whole: size)
            writer.set(Self.sha256Attribute, text: sha256)
            writer.set(Self.objectKeyAttribute, text: objectKey)
            writer.set(Self.createdAtAttribute, time: createdAt)
            return writer.row
        }
    }
}
