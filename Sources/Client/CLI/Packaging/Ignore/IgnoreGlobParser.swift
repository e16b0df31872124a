// SPDX-License-Identifier: Apache-2.0

/// Reads a pattern element by element, with the meaning that git gives to each.
struct IgnoreGlobParser {
    enum Element {
        case byte(UInt8)
        case anyByte
        case set(ByteSet)
        case star
        case anything
        case folders
        case malformed
    }

    private var rest: ArraySlice<UInt8>
    private let isPath: Bool
    /// The byte of the pattern before `rest`; nil at its beginning.
    private var previous: UInt8?

    init(_ pattern: ArraySlice<UInt8>, isPath: Bool) {
        rest = pattern
        self.isPath = isPath
    }

    mutating func next() -> Element? {
        let before = previous
        guard let byte = rest.popFirst() else { return nil }
        previous = byte
        switch byte {
        case UInt8(ascii: "?"): return .anyByte
        case UInt8(ascii: "*"): return stars(after: before)
        case UInt8(ascii: "["): return set()
        case UInt8(ascii: "\\"):
            guard let escaped = rest.popFirst() else { return .malformed }
            previous = escaped
            return .byte(escaped)
        default: return .byte(byte)
        }
    }

    /// Two and more stars are special only between slashes and ends.
    private mutating func stars(after before: UInt8?) -> Element {
        let slash = UInt8(ascii: "/")
        var count = 1
        while rest.first == UInt8(ascii: "*") {
            rest.removeFirst()
            count += 1
        }
        guard count > 1, isPath, before == nil || before == slash,
            rest.isEmpty || rest.first == slash || rest.starts(with: "\\/".utf8)
        else { return .star }
        guard rest.first == slash else { return .anything }
        previous = rest.removeFirst()
        return .folders
    }

    private mutating func set() -> Element {
        var set = ByteSet()
        let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
        if isNegated { rest.removeFirst() }
        var low: UInt8?
        var isFirst = true
        while let byte = rest.popFirst() {
            // A closing bracket that comes first stands for itself.
            if byte == UInt8(ascii: "]"), !isFirst {
                previous = byte
                return .set(isNegated ? set.inverted : set)
            }
            isFirst = false
            switch byte {
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return .malformed }
                set.insert(escaped)
                low = escaped
            case UInt8(ascii: "-"):
                guard let first = low, let last = rest.first, last != UInt8(ascii: "]") else {
                    set.insert(byte)
                    low = byte
                    continue
                }
                guard let last = rangeEnd() else { return .malformed }
                if first <= last { set.insert(first...last) }
                low = nil
            case UInt8(ascii: "["):
                guard let named = namedClass() else {
                    set.insert(byte)
                    low = byte
                    continue
                }
                guard let members = named else { return .malformed }
                set.formUnion(members)
                low = nil
            default:
                set.insert(byte)
                low = byte
            }
        }
        return .malformed
    }

    private mutating func rangeEnd() -> UInt8? {
        guard let byte = rest.popFirst() else { return nil }
        return byte == UInt8(ascii: "\\") ? rest.popFirst() : byte
    }

    /// A class like `[:alpha:]` after its first bracket: nil when it is none, nil within when it
    /// has no end or no known name.
    private mutating func namedClass() -> ByteSet?? {
        guard rest.first == UInt8(ascii: ":") else { return nil }
        let inner = rest.dropFirst()
        guard let end = inner.firstIndex(of: UInt8(ascii: "]")) else { return .some(nil) }
        let name = inner[..<end]
        guard name.last == UInt8(ascii: ":") else { return nil }
        rest = rest[(end + 1)...]
        return .some(ByteSet(className: String(decoding: name.dropLast(), as: UTF8.self)))
    }
}
