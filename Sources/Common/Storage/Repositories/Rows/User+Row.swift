// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension User: RowRepresentable {
    /// The attribute before whose time, in milliseconds since 1970, tokens are not accepted.
    public static let tokensNotBeforeAttribute = "tokensNotBefore"

    /// The attribute that holds the hash of the password.
    public static let passwordHashAttribute = "passwordHash"

    /// The attribute that holds the identifier.
    public static let idAttribute = "userId"
    private static let roleAttribute = "role"
    private static let createdAtAttribute = "createdAt"

    /// Reads a user.
    public init(row: TableRow) throws(TableError) {
        let reader = RowReader(row: row)
        self.init(
            id: try reader.identifier(Self.idAttribute),
            username: try reader.partition(after: "USER#"),
            role: try reader.choice(Self.roleAttribute),
            passwordHash: try reader.text(Self.passwordHashAttribute),
            tokensNotBefore: try reader.optionalTime(Self.tokensNotBeforeAttribute),
            createdAt: try reader.time(Self.createdAtAttribute))
    }

    /// The row `USER#{name}`/`META`.
    public var row: TableRow {
        get throws(TableError) {
            var writer = RowWriter(TableKeys.user(username))
            writer.set(Self.idAttribute, text: id.text)
            writer.set(Self.roleAttribute, text: role.rawValue)
            writer.set(Self.passwordHashAttribute, text: passwordHash)
            writer.set(Self.tokensNotBeforeAttribute, time: tokensNotBefore)
            writer.set(Self.createdAtAttribute, time: createdAt)
            return writer.row
        }
    }
}
