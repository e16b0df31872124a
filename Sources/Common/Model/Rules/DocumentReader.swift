// SPDX-License-Identifier: Apache-2.0

/// Reads a JSON document member by member and collects everything that is wrong with it.
///
/// What can't be read is nil and has left a violation, so a caller goes on to the end and looks at
/// ``violations`` once. A member that is `null` counts as left out.
struct DocumentReader {
    /// An object of the document and where it stands.
    struct Object {
        /// The dotted path; empty is the document itself.
        let path: String
        /// The members, without those that are `null`.
        let members: [String: JSONValue]

        /// The dotted path of a member.
        func field(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    }

    /// What is wrong, in the order of reading.
    private(set) var violations: [Violation] = []

    mutating func refuse(_ field: String, _ reason: String) {
        violations.append(Violation(field: field, reason: reason))
    }

    /// The document itself, known to people as `name`.
    mutating func document(_ value: JSONValue, named name: String) -> Object? {
        object(value, at: name).map { Object(path: "", members: $0.members) }
    }

    /// A member that is an object; one that is left out is nil.
    mutating func object(_ name: String, in parent: Object) -> Object? {
        parent.members[name].flatMap { object($0, at: parent.field(name)) }
    }

    /// A member that must be an object; one that is left out is read as an empty one, so that what is
    /// missing in it gets named.
    mutating func requiredObject(_ name: String, in parent: Object) -> Object? {
        object(parent.members[name] ?? [:], at: parent.field(name))
    }

    /// A member that must be there.
    mutating func required(_ name: String, in object: Object) -> JSONValue? {
        if object.members[name] == nil { refuse(object.field(name), "is missing") }
        return object.members[name]
    }

    /// Text of so many bytes of UTF-8, without NUL, which neither arguments nor paths can hold.
    mutating func text(_ value: JSONValue?, at field: String, bytes: ClosedRange<Int>) -> String? {
        guard let value else { return nil }
        guard let text = value.text else { return fail(field, "must be a string") }
        let count = text.utf8.count
        if count < bytes.lowerBound { return fail(field, "must not be empty") }
        if count > bytes.upperBound {
            return fail(field, "has \(count) bytes; at most \(bytes.upperBound) are allowed")
        }
        if text.utf8.contains(0) { return fail(field, "must not contain NUL") }
        return text
    }

    /// A whole number within bounds.
    mutating func whole(_ value: JSONValue?, at field: String, in range: ClosedRange<Int>) -> Int? {
        guard let value else { return nil }
        guard let number = value.whole, let whole = Int(exactly: number), range.contains(whole)
        else {
            return fail(
                field, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return whole
    }

    /// One of a type's values.
    mutating func choice<Choice>(_ value: JSONValue?, at field: String) -> Choice?
    where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
        guard let value else { return nil }
        guard let choice = value.text.flatMap(Choice.init(rawValue:)) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            return fail(field, "must be one of \(names)")
        }
        return choice
    }

    /// A list whose entries are each read by `entry`; of one that is too long no entry is.
    mutating func list<Element>(
        _ value: JSONValue?, at field: String, count: ClosedRange<Int>,
        _ entry: (inout DocumentReader, JSONValue, String) -> Element?
    ) -> [Element]? {
        guard let value else { return nil }
        guard case .array(let values) = value else { return fail(field, "must be a list") }
        if values.count < count.lowerBound { return fail(field, "must not be empty") }
        if values.count > count.upperBound {
            return fail(
                field, "has \(values.count) entries; at most \(count.upperBound) are allowed")
        }
        return values.enumerated().compactMap { position, value in
            entry(&self, value, "\(field)[\(position)]")
        }
    }

    /// Refuses the members that nobody would read.
    mutating func refuseUnknown(in object: Object, known: Set<String>) {
        for name in object.members.keys.sorted() where !known.contains(name) {
            refuse(object.field(name), "unknown member")
        }
    }

    /// Refuses a document that is too large once it is stored.
    mutating func checkStoredSize(_ value: some Encodable, named name: String, bytes limit: Int) {
        do {
            let count = try JSONText.bytes(value).count
            if count > limit {
                refuse(name, "has \(count) bytes as stored JSON; at most \(limit) are allowed")
            }
        } catch {
            refuse(name, "can't be stored as JSON")
        }
    }

    private mutating func object(_ value: JSONValue, at field: String) -> Object? {
        guard case .object(let members) = value else { return fail(field, "must be an object") }
        return Object(path: field, members: members.filter { $0.value != .null })
    }

    private mutating func fail<Value>(_ field: String, _ reason: String) -> Value? {
        refuse(field, reason)
        return nil
    }
}
