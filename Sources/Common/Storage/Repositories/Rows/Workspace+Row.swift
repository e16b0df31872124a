// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension Workspace: RowRepresentable {
    /// The attribute that says when it last changed, in milliseconds since 1970.
    public static let updatedAtAttribute = "updatedAt"

    /// The attribute that holds its guardrail overrides, as JSON; absent when it has none.
    public static let guardrailsAttribute = "guardrails"

    private static let nameAttribute = "name"
    private static let ownerAttribute = "ownerId"
    private static let createdAtAttribute = "createdAt"

    /// Reads a workspace.
    public init(row: TableRow) throws(TableError) {
        let reader = RowReader(row: row)
        self.init(
            id: WorkspaceID(try reader.partition(after: "WS#")),
            name: try reader.text(Self.nameAttribute),
            ownerID: try reader.identifier(Self.ownerAttribute),
            guardrails: try reader.optionalDocument(Self.guardrailsAttribute)
                ?? GuardrailOverrides(),
            createdAt: try reader.time(Self.createdAtAttribute),
            updatedAt: try reader.time(Self.updatedAtAttribute))
    }

    /// The row `WS#{workspace}`/`META`.
    public var row: TableRow {
        get throws(TableError) {
            var writer = RowWriter(TableKeys.workspace(id))
            writer.set(Self.nameAttribute, text: name)
            writer.set(Self.ownerAttribute, text: ownerID.text)
            try writer.set(
                Self.guardrailsAttribute,
                document: guardrails == GuardrailOverrides() ? nil : guardrails)
            writer.set(Self.createdAtAttribute, time: createdAt)
            writer.set(Self.updatedAtAttribute, time: updatedAt)
            return writer.row
        }
    }
}
