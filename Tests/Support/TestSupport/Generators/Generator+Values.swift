// SPDX-License-Identifier: Apache-2.0

public import Model
public import PropertyTesting

extension Generator where Value == Timestamp {
    /// Makes points in time from 1970 to the end of the year 9999, which ISO 8601 can say.
    public static var timestamp: Generator {
        Generator<Int64>.integer(in: 0...253_402_300_799_999).map(Timestamp.init(milliseconds:))
    }
}

extension Generator {
    /// Makes identifiers: UUIDs version 7 in lower case.
    public static func uuid<Entity>() -> Generator where Value == Identifier<Entity> {
        Generator { choices in
            func hexadecimal(_ digits: Int) throws -> String {
                try choices.draw(.string(of: "0123456789abcdef", count: digits...digits))
            }
            let time = "\(try hexadecimal(8))-\(try hexadecimal(4))"
            let variant = try choices.draw(.string(of: "89ab", count: 1...1))
            let random = "7\(try hexadecimal(3))-\(variant)\(try hexadecimal(3))"
            return Identifier("\(time)-\(random)-\(try hexadecimal(12))")
        }
    }
}

extension Generator where Value == String {
    /// Makes text of any scalars but NUL.
    ///
    /// `count` is a number of Unicode scalars, not of characters or bytes.
    public static func text(count: ClosedRange<Int>) -> Generator {
        string(of: Generator<Unicode.Scalar>.unicode.filter { $0 != "\0" }, count: count)
    }

    /// Makes relative paths that stay where they begin.
    public static var relativePath: Generator {
        Generator<String>.text(count: 1...12)
            .filter { !$0.utf8.contains(UInt8(ascii: "/")) && $0 != ".." }
            .array(count: 1...4)
            .map { $0.joined(separator: "/") }
    }

    /// Makes executor names.
    public static var executorName: Generator {
        zip(
            .string(of: "abcz059", count: 1...1), .string(of: "abcz059-", count: 0...62)
        ).map { $0 + $1 }
    }

    /// Makes SHA-256 digests in lower-case hexadecimal.
    public static var sha256: Generator { string(of: "0123456789abcdef", count: 64...64) }
}

extension Generator where Value == JSONValue {
    /// Makes JSON values as reading JSON gives them: a number that is whole and fits is an integer.
    public static func json(depth: Int = 3) -> Generator {
        let scalar: Generator = .oneOf(
            .constant(.null), Generator<Bool>.boolean.map(JSONValue.boolean),
            Generator<Int64>.integer.map(JSONValue.integer), .fraction,
            Generator<String>.unicode(count: 0...8).map(JSONValue.string))
        guard depth > 0 else { return scalar }
        let inner = json(depth: depth - 1)
        return .weighted(
            (3, scalar), (1, inner.array(count: 0...4).map(JSONValue.array)),
            (1, members(inner).map(JSONValue.object)))
    }

    /// Makes numbers that aren't whole, or don't fit.
    public static var fraction: Generator {
        Generator<UInt64>.integer.map { bits in
            let number = Double(bitPattern: bits)
            guard number.isFinite else { return .number(0.5) }
            return Int64(exactly: number).map(JSONValue.integer) ?? .number(number)
        }
    }

    static func members(_ values: Generator) -> Generator<[String: JSONValue]> {
        .dictionary(.unicode(count: 0...6), values, count: 0...4)
    }
}
