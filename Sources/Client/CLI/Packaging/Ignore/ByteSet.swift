// SPDX-License-Identifier: Apache-2.0

/// A set of byte values.
struct ByteSet: Equatable, Sendable {
    private var members = [Bool](repeating: false, count: 256)

    init() {}

    func contains(_ byte: UInt8) -> Bool {
        members[Int(byte)]
    }

    mutating func insert(_ byte: UInt8) {
        members[Int(byte)] = true
    }

    mutating func insert(_ bytes: ClosedRange<UInt8>) {
        for byte in bytes { insert(byte) }
    }

    mutating func formUnion(_ other: ByteSet) {
        for byte in UInt8.min...UInt8.max where other.contains(byte) { insert(byte) }
    }

    var inverted: ByteSet {
        var inverted = ByteSet()
        inverted.members = members.map { !$0 }
        return inverted
    }
}

extension ByteSet {
    /// The members of a class of POSIX, among ASCII; nil for a name that is none.
    init?(className: String) {
        self.init()
        switch className {
        case "alnum": insert("a"..."z", "A"..."Z", "0"..."9")
        case "alpha": insert("a"..."z", "A"..."Z")
        case "blank": insert(" "..." ", "\t"..."\t")
        case "cntrl": insert("\0"..."\u{1F}", "\u{7F}"..."\u{7F}")
        case "digit": insert("0"..."9")
        case "graph": insert("!"..."~")
        case "lower": insert("a"..."z")
        case "print": insert(" "..."~")
        case "punct": insert("!"..."/", ":"..."@", "["..."`", "{"..."~")
        // Git's own: without vertical tab and form feed.
        case "space": insert(" "..." ", "\t"..."\n", "\r"..."\r")
        case "upper": insert("A"..."Z")
        case "xdigit": insert("a"..."f", "A"..."F", "0"..."9")
        default: return nil
        }
    }

    private mutating func insert(_ ranges: ClosedRange<Unicode.Scalar>...) {
        for range in ranges {
            insert(UInt8(ascii: range.lowerBound)...UInt8(ascii: range.upperBound))
        }
    }
}
