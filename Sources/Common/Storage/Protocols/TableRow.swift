// SPDX-License-Identifier: Apache-2.0

/// A row: its key and its attributes.
///
/// Three attributes mean something to the table itself: ``dueShardAttribute`` and
/// ``dueAtAttribute`` put a row that has both into the `due` index, and ``expiresAtAttribute`` lets
/// the table remove the row some time after that second. Readers compare expiries themselves.
public struct TableRow: Equatable, Sendable {
    /// The integer attribute that names the partition of the `due` index.
    public static let dueShardAttribute = "dueShard"

    /// The integer attribute (milliseconds since 1970) by which the `due` index is sorted.
    public static let dueAtAttribute = "dueAt"

    /// The integer attribute (seconds since 1970) after which the row may be removed.
    public static let expiresAtAttribute = "expiresAt"

    /// Where the row stands.
    public let key: TableKey

    /// What the row holds; never the key again.
    public var attributes: [String: TableValue]

    /// Creates a row of `attributes` at `key`.
    ///
    /// Empty sets are left out.
    public init(key: TableKey, attributes: [String: TableValue]) {
        self.key = key
        self.attributes = attributes.filter { $0.value != .strings([]) }
    }

    /// The text under `name`, or nil when it is absent or of another type.
    public func string(_ name: String) -> String? {
        guard case .string(let value) = attributes[name] else { return nil }
        return value
    }

    /// The whole number under `name`, or nil when it is absent or of another type.
    public func integer(_ name: String) -> Int64? {
        guard case .integer(let value) = attributes[name] else { return nil }
        return value
    }

    /// The truth value under `name`, or nil when it is absent or of another type.
    public func boolean(_ name: String) -> Bool? {
        guard case .boolean(let value) = attributes[name] else { return nil }
        return value
    }

    /// The set of texts under `name`; empty when it is absent or of another type.
    public func strings(_ name: String) -> Set<String> {
        guard case .strings(let value) = attributes[name] else { return [] }
        return value
    }
}
