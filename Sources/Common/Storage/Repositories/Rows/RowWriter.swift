// SPDX-License-Identifier: Apache-2.0

import Model
import Storage

/// Collects a row's attributes; what is nil gets none.
struct RowWriter {
    /// The row so far.
    private(set) var row: TableRow

    init(_ key: TableKey) {
        row = TableRow(key: key, attributes: [:])
    }

    mutating func set(_ name: String, text: String?) {
        row.attributes[name] = text.map { .string($0) }
    }

    mutating func set(_ name: String, whole: (some BinaryInteger)?) {
        row.attributes[name] = whole.map { .integer(Int64($0)) }
    }

    mutating func set(_ name: String, flag: Bool) {
        row.attributes[name] = .boolean(flag)
    }

    mutating func set(_ name: String, time: Timestamp?) {
        row.attributes[name] = time.map { .integer($0.milliseconds) }
    }

    mutating func set(_ name: String, document: (some Encodable)?) throws(TableError) {
        do {
            row.attributes[name] = try document.map { .string(try JSONText.string($0)) }
        } catch {
            throw TableError(
                .invalidRequest, "row \(row.key): attribute \(name) can't be said in JSON",
                cause: error)
        }
    }
}
