// SPDX-License-Identifier: Apache-2.0
import CCurl

/// Owns a `curl_slist` of header lines.
///
/// libcurl doesn't copy it: "free the list again (after the transfer)"
/// (<https://curl.se/libcurl/c/CURLOPT_HTTPHEADER.html>), so its easy handle keeps it.
final class HeaderList {
    private var list: UnsafeMutablePointer<curl_slist>?

    deinit {
        curl_slist_free_all(list)
    }

    /// Adds a field to send.
    func append(_ name: String, _ value: String) throws(CurlError) {
        // libcurl takes `Name:` as "leave this one out" and `Name;` as "send it without a value".
        let isEmpty = value.utf8.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        try append(line: isEmpty ? "\(name);" : "\(name): \(value)")
    }

    /// Keeps libcurl from making a field itself.
    func suppress(_ name: String) throws(CurlError) {
        try append(line: "\(name):")
    }

    /// Lends the list, empty as `nil`.
    func withPointer<Value>(_ body: (UnsafeMutablePointer<curl_slist>?) -> Value) -> Value {
        body(list)
    }

    private func append(line: String) throws(CurlError) {
        guard let longer = curl_slist_append(list, line) else {
            throw CurlError(.library, reason: "libcurl has no memory for a header.")
        }
        list = longer
    }
}
