// SPDX-License-Identifier: Apache-2.0

extension String {
    /// The text with everything escaped that would steer a terminal instead of being shown.
    ///
    /// Those are control characters of both sets, line and paragraph separators, and the marks
    /// that turn the direction of writing, with which a name can look like another.
    var escapedForTerminal: String {
        guard unicodeScalars.contains(where: Self.steers) else { return self }
        var escaped = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if Self.steers(scalar) {
                escaped.append(contentsOf: Self.escape(scalar).unicodeScalars)
            } else {
                escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// The text, escaped but for its line ends, which stay: for messages of several lines.
    var escapedByLine: String {
        split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0).escapedForTerminal }.joined(separator: "\n")
    }

    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(scalar.value, radix: 16))}"
        }
    }
}
