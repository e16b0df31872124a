// SPDX-License-Identifier: Apache-2.0

/// Whom an `https` request trusts; at least TLS 1.2 is always asked for.
public struct CurlTLS: Sendable, Hashable {
    /// A file of PEM certificates to trust instead of the system's; `nil` trusts the system's.
    public var authoritiesFile: String?

    /// Whether certificate and host name are checked; off only for a test's own server.
    public var verifiesPeer: Bool

    /// Trusts the system's authorities, and checks, unless told otherwise.
    public init(authoritiesFile: String? = nil, verifiesPeer: Bool = true) {
        self.authoritiesFile = authoritiesFile
        self.verifiesPeer = verifiesPeer
    }
}
