// SPDX-License-Identifier: Apache-2.0

/// Addresses of the API, as people write them.
enum APIAddress {
    /// Where a server listens that was started without options.
    static let standard = "http://127.0.0.1:8080"

    /// Whether it is an http or https address with a host, and without query and fragment.
    static func isValid(_ address: String) -> Bool {
        let rest =
            address.hasPrefix("http://")
            ? address.dropFirst(7) : address.hasPrefix("https://") ? address.dropFirst(8) : ""
        return rest.first.map { $0 != "/" } == true
            && rest.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            && !rest.contains { "?#@".contains($0) }
    }

    /// The address without slashes at its end, so that two ways to write it are equal.
    static func normalized(_ address: String) -> String {
        var address = address
        while address.hasSuffix("/") { address.removeLast() }
        return address
    }
}
