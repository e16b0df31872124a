// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension RunStore {
    /// The most bytes of a log's end that are kept in the table.
    public static let logTailBytes = 65_536

    /// Keeps the last 64 KiB of a run's output, replacing what was kept; written by the run's
    /// holder only.
    ///
    /// Best effort: a tail that is a second old does no harm, so a failed or doubtful write is
    /// simply followed by the next.
    public func keepLogTail(_ text: String, of run: RunID) async throws(TableError) {
        let tail = UTF8Text.suffix(of: text, bytes: Self.logTailBytes)
        try await table.transact([
            .put(
                TableRow(
                    key: TableKeys.logTail(run), attributes: [LogTailAttribute.text: .string(tail)])
            )
        ])
    }

    /// Reads the kept end of a run's output; empty when there is none yet.
    public func logTail(of run: RunID) async throws(TableError) -> String {
        try await table.get(TableKeys.logTail(run))?.string(LogTailAttribute.text) ?? ""
    }
}
