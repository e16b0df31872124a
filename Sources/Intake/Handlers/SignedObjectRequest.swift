// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Model

/// What a request for an object of the embedded store says.
enum SignedObjectRequest {
    /// The key, as the path has it: keys hold no character that would be encoded.
    static func key(_ request: Request) -> String {
        String(request.uri.path.dropFirst("/objects/".count))
    }

    /// The `Content-Disposition` of a download (RFC 6266): the name in ASCII, and as it is.
    static func attachment(_ fileName: String) -> String {
        let plain = String(fileName.unicodeScalars.map { isPlain($0) ? Character($0) : "_" })
        let encoded = fileName.utf8.map { byte -> String in
            isPlain(Unicode.Scalar(byte)) ? String(Unicode.Scalar(byte)) : "%" + hexadecimal(byte)
        }.joined()
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "A"..."Z", "a"..."z", "0"..."9", ".", "_", "-": true
        default: false
        }
    }
}
