// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension Artifact: RowRepresentable {
    private static let runAttribute = "runId"
    private static let typeAttribute = "artifactType"
    private static let fileNameAttribute = "fileName"
    private static let mediaTypeAttribute = "mediaType"
    private static let objectKeyAttribute = "s3Key"
    private static let sizeAttribute = "size"
    private static let sha256Attribute = "sha256"
    private static let statusAttribute = "status"
    private static let createdAtAttribute = "createdAt"

    /// Reads an artifact; one whose object stands elsewhere than its identifiers say is corrupt.
    public init(row: TableRow) throws(TableError) {
        let reader = RowReader(row: row)
        self.init(
            id: ArtifactID(try reader.sort(after: "ART#")),
            runID: try reader.identifier(Self.runAttribute),
            workspaceID: WorkspaceID(try reader.partition(after: "WS#")),
            artifactType: try reader.choice(Self.typeAttribute),
            fileName: try reader.text(Self.fileNameAttribute),
            mediaType: try reader.text(Self.mediaTypeAttribute),
            size: try reader.whole(Self.sizeAttribute),
            sha256: try reader.text(Self.sha256Attribute),
            status: try reader.choice(Self.statusAttribute),
            createdAt: try reader.time(Self.createdAtAttribute))
        guard try reader.text(Self.objectKeyAttribute) == objectKey else {
            throw reader.corrupt(Self.objectKeyAttribute, "names another object")
        }
    }

    /// The row `WS#{workspace}`/`ART#{artifact}`.
    public var row: TableRow {
        get throws(TableError) {
            var writer = RowWriter(TableKeys.artifact(id, in: workspaceID))
            writer.set(Self.runAttribute, text: runID.text)
            writer.set(Self.typeAttribute, text: artifactType.rawValue)
            writer.set(Self.fileNameAttribute, text: fileName)
            writer.set(Self.mediaTypeAttribute, text: mediaType)
            writer.set(Self.objectKeyAttribute, text: objectKey)
            writer.set(Self.sizeAttribute, whole: size)
            writer.set(Self.sha256Attribute, text: sha256)
            writer.set(Self.statusAttribute, text: status.rawValue)
            writer.set(Self.createdAtAttribute, time: createdAt)
            return writer.row
        }
    }
}
