// SPDX-License-Identifier: Apache-2.0

/// Cuts text at a number of bytes without splitting a character's bytes.
public enum UTF8Text {
    /// The longest prefix of whole scalars that has at most `bytes` bytes of UTF-8.
    public static func prefix(of text: String, bytes: Int) -> String {
        let utf8 = text.utf8
        guard utf8.count > bytes else { return text }
        var end = utf8.index(utf8.startIndex, offsetBy: max(0, bytes))
        while end > utf8.startIndex, isContinuation(utf8[end]) { end = utf8.index(before: end) }
        return String(text.unicodeScalars[..<end])
    }

    /// The longest suffix of whole scalars that has at most `bytes` bytes of UTF-8.
    public static func suffix(of text: String, bytes: Int) -> String {
        let utf8 = text.utf8
        guard utf8.count > bytes else { return text }
        var start = utf8.index(utf8.endIndex, offsetBy: -max(0, bytes))
        while start < utf8.endIndex, isContinuation(utf8[start]) {
            start = utf8.index(after: start)
        }
        return String(text.unicodeScalars[start...])
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0b1100_0000 == 0b1000_0000 }
}
