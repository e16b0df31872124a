// SPDX-License-Identifier: Apache-2.0

/// Turns bytes that come in pieces into valid UTF-8, whatever they are and wherever they are cut.
///
/// What is not UTF-8 becomes U+FFFD, as Unicode 15, section 3.9 recommends (one for each maximal
/// subpart), and NUL goes, for terminals and tables do odd things with it. Everything else stays.
struct UTF8Repair: Sendable {
    /// The beginning of a character whose rest has yet to come.
    private var pending: [UInt8] = []

    /// Repairs the next piece.
    ///
    /// Up to three bytes are held back when they may begin a character.
    mutating func add(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let all = pending + bytes
        let split = all.count - Self.incompleteSuffix(of: all)
        pending = Array(all[split...])
        return Self.repaired(all[..<split])
    }

    /// Repairs what was held back: nothing follows.
    mutating func finish() -> [UInt8] {
        defer { pending = [] }
        return Self.repaired(pending[...])
    }

    private static func repaired(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        String(decoding: bytes, as: UTF8.self).utf8.filter { $0 != 0 }
    }

    /// How many bytes at the end begin a character, and no more than begin it.
    private static func incompleteSuffix(of bytes: [UInt8]) -> Int {
        for length in 1...3 where length <= bytes.count {
            let start = bytes.count - length
            guard bytes[start] >= 0xC2 else { continue }
            return isBeginning(bytes[start...]) ? length : 0
        }
        return 0
    }

    /// Whether bytes begin a well-formed character without ending it (Unicode 15, table 3-7).
    private static func isBeginning(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let lead = bytes.first else { return false }
        let rest = bytes.dropFirst()
        let (length, second): (Int, ClosedRange<UInt8>)
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        default: return false
        }
        guard bytes.count < length else { return false }
        guard let next = rest.first else { return true }
        return second.contains(next) && rest.dropFirst().allSatisfy { (0x80...0xBF).contains($0) }
    }
}
