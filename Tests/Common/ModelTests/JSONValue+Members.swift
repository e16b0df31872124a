// SPDX-License-Identifier: Apache-2.0

import Model

extension JSONValue {
    /// The document that a value is coded as.
    init(coding value: some Encodable) throws {
        self = try JSONText.decode(JSONValue.self, from: JSONText.bytes(value))
    }

    /// This document with one member, named by its path, put in place of what was there; nil removes it.
    func replacing(_ path: [String], by value: JSONValue?) -> JSONValue {
        guard let name = path.first else { return value ?? .null }
        var members: [String: JSONValue] = [:]
        if case .object(let present) = self { members = present }
        members[name] =
            path.count == 1
            ? value
            : (members[name] ?? .object([:])).replacing(Array(path.dropFirst()), by: value)
        return .object(members)
    }
}
