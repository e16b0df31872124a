// SPDX-License-Identifier: Apache-2.0

/// Through which proxy a request goes.
public enum CurlProxy: Sendable, Hashable {
    /// What `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy` say, as libcurl reads them.
    case environment

    /// Straight to the host, whatever the environment says.
    case direct

    /// This one, for example `http://127.0.0.1:3128`.
    case url(String)
}
