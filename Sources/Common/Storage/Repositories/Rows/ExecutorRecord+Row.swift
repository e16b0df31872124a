// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension ExecutorRecord: RowRepresentable {
    private static let taskTypesAttribute = "supportedTaskTypes"
    private static let endpointAttribute = "endpoint"
    private static let containerImageAttribute = "containerImage"
    private static let statusAttribute = "status"
    private static let configAttribute = "config"

    /// Reads an executor.
    public init(row: TableRow) throws(TableError) {
        let reader = RowReader(row: row)
        self.init(
            executorName: try reader.sort(after: "EXEC#"),
            supportedTaskTypes: try reader.document(Self.taskTypesAttribute),
            endpoint: try reader.text(Self.endpointAttribute),
            containerImage: try reader.optionalText(Self.containerImageAttribute),
            status: try reader.choice(Self.statusAttribute),
            config: try reader.document(Self.configAttribute))
    }

    /// The row `SYS`/`EXEC#{name}`.
    public var row: TableRow {
        get throws(TableError) {
            var writer = RowWriter(TableKeys.executor(executorName))
            try writer.set(Self.taskTypesAttribute, document: supportedTaskTypes)
            writer.set(Self.endpointAttribute, text: endpoint)
            writer.set(Self.containerImageAttribute, text: containerImage)
            writer.set(Self.statusAttribute, text: status.rawValue)
            try writer.set(Self.configAttribute, document: config)
            return writer.row
        }
    }
}
