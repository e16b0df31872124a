// SPDX-License-Identifier: Apache-2.0

import Model
import Storage

/// Reads a row's attributes and says precisely which one can't be understood.
struct RowReader {
    /// The row that is read.
    let row: TableRow

    func text(_ name: String) throws(TableError) -> String {
        try required(name, optionalText(name))
    }

    func optionalText(_ name: String) throws(TableError) -> String? {
        guard row.attributes[name] != nil else { return nil }
        guard let value = row.string(name) else { throw corrupt(name, "is not text") }
        return value
    }

    func whole(_ name: String) throws(TableError) -> Int64 {
        try required(name, optionalWhole(name))
    }

    func optionalWhole(_ name: String) throws(TableError) -> Int64? {
        guard row.attributes[name] != nil else { return nil }
        guard let value = row.integer(name) else { throw corrupt(name, "is not a whole number") }
        return value
    }

    func flag(_ name: String) throws(TableError) -> Bool {
        guard row.attributes[name] != nil else { throw corrupt(name, "is missing") }
        guard let value = row.boolean(name) else { throw corrupt(name, "is not a truth value") }
        return value
    }

    func time(_ name: String) throws(TableError) -> Timestamp {
        Timestamp(milliseconds: try whole(name))
    }

    func optionalTime(_ name: String) throws(TableError) -> Timestamp? {
        try optionalWhole(name).map(Timestamp.init(milliseconds:))
    }

    func identifier<Entity>(_ name: String) throws(TableError) -> Identifier<Entity> {
        Identifier(try text(name))
    }

    func optionalIdentifier<Entity>(_ name: String) throws(TableError) -> Identifier<Entity>? {
        try optionalText(name).map { Identifier($0) }
    }

    func choice<Choice: RawRepresentable>(_ name: String) throws(TableError) -> Choice
    where Choice.RawValue == String {
        try required(name, optionalChoice(name))
    }

    func optionalChoice<Choice: RawRepresentable>(_ name: String) throws(TableError) -> Choice?
    where Choice.RawValue == String {
        guard let text = try optionalText(name) else { return nil }
        guard let value = Choice(rawValue: text) else { throw corrupt(name, "has no such value") }
        return value
    }

    func document<Value: Decodable>(_ name: String) throws(TableError) -> Value {
        try required(name, optionalDocument(name))
    }

    func optionalDocument<Value: Decodable>(_ name: String) throws(TableError) -> Value? {
        guard let text = try optionalText(name) else { return nil }
        do {
            return try JSONText.decode(Value.self, from: text)
        } catch {
            throw corrupt(name, "is not the JSON document it should be", cause: error)
        }
    }

    /// What follows `prefix` in the partition key.
    func partition(after prefix: String) throws(TableError) -> String {
        try rest(of: row.key.partition, after: prefix, named: "PK")
    }

    /// What follows `prefix` in the sort key.
    func sort(after prefix: String) throws(TableError) -> String {
        try rest(of: row.key.sort, after: prefix, named: "SK")
    }

    /// The error that says what is wrong with an attribute, without saying its value.
    func corrupt(_ name: String, _ what: String, cause: (any Error)? = nil) -> TableError {
        TableError(.corrupt, "row \(row.key): attribute \(name) \(what)", cause: cause)
    }

    private func rest(
        of text: String, after prefix: String, named name: String
    ) throws(TableError) -> String {
        // By bytes: a name may begin with a mark that combines with the prefix's last character.
        guard text.utf8.starts(with: prefix.utf8), text.utf8.count > prefix.utf8.count else {
            throw corrupt(name, "doesn't begin with \(prefix)")
        }
        return String(Substring(text.utf8.dropFirst(prefix.utf8.count)))
    }

    private func required<Value>(_ name: String, _ value: Value?) throws(TableError) -> Value {
        guard let value else { throw corrupt(name, "is missing") }
        return value
    }
}
