// SPDX-License-Identifier: Apache-2.0

extension TableRow {
    /// The row's size in bytes as ``TableLimits/rowBytes`` bounds it.
    ///
    /// Reckoned as DynamoDB does, rounded up where its guide only says "approximately": names and
    /// texts by their UTF-8 bytes, a whole number as 21, a truth value as 1, a set as 3 and 1 for
    /// each element.
    public var byteCount: Int {
        attributes.reduce(4 + key.partition.utf8.count + key.sort.utf8.count) { sum, attribute in
            sum + attribute.key.utf8.count + attribute.value.byteCount
        }
    }
}

extension TableValue {
    fileprivate var byteCount: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .integer: 21
        case .boolean: 1
        case .strings(let elements): elements.reduce(3) { $0 + 1 + $1.utf8.count }
        }
    }
}
