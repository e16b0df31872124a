// SPDX-License-Identifier: Apache-2.0

/// The id that ties a request, its answer and its log lines together.
public enum CorrelationID {
    /// The header that carries it, both ways.
    public static let header = "X-Correlation-Id"

    /// The id a client sent, if it may be used: 1 to 128 of `[A-Za-z0-9._-]`.
    public static func accepted(_ text: String?) -> String? {
        guard let text, (1...128).contains(text.utf8.count), text.utf8.allSatisfy(isPlain) else {
            return nil
        }
        return text
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
