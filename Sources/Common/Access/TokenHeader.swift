// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Looks at a token's header before anything in the token is believed.
enum TokenHeader {
    private struct Header: Decodable {
        let alg: String
        let crit: [String]?
    }

    /// Whether the token has three parts and its header names HS256 and no extension that must be
    /// understood.
    static func isPinned(_ token: String) -> Bool {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = base64URL(parts[0]),
            let header = try? JSONDecoder().decode(Header.self, from: bytes)
        else { return false }
        return header.alg == "HS256" && header.crit == nil
    }

    private static func base64URL(_ text: Substring) -> Data? {
        let plain = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: plain + padding)
    }
}
