// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The address in URLs that are handed out: the configured one, else where HTTP is served, once
/// that is known.
final class PublicAddress: Sendable {
    private let address: Mutex<String>

    init(_ configured: String?, host: String) {
        address = Mutex(configured ?? "http://\(host)")
        isConfigured = configured != nil
    }

    private let isConfigured: Bool

    var text: String { address.withLock { $0 } }

    /// Takes note of the port that is served.
    func served(host: String, port: Int) {
        guard !isConfigured else { return }
        let name = host.contains(":") ? "[\(host)]" : host == "0.0.0.0" ? "127.0.0.1" : host
        address.withLock { $0 = "http://\(name):\(port)" }
    }
}
