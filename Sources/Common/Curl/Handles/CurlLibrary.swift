// SPDX-License-Identifier: Apache-2.0
import CCurl

/// libcurl's process-wide state: set up once, before the first handle, and never torn down.
///
/// `curl_global_init` must not race with itself, which Swift's once-only initialization of a static
/// property guarantees. There is no `curl_global_cleanup`: no moment is known to be the last.
enum CurlLibrary {
    private static let code = curl_global_init(Int(CURL_GLOBAL_SSL))

    /// Sets libcurl up if that was not done yet; throws `library` when it can't be.
    static func start() throws(CurlError) {
        try check(code)
    }

    /// Throws when a call was refused.
    static func check(_ code: CURLcode) throws(CurlError) {
        guard code != CURLE_OK else { return }
        throw CurlError(
            .library, reason: text(of: code), curlCode: CurlCode(rawValue: Int32(code.rawValue)))
    }

    /// libcurl's constant sentence for a code.
    static func text(of code: CURLcode) -> String {
        curl_easy_strerror(code).map { String(cString: $0) } ?? "libcurl failed."
    }
}
