// SPDX-License-Identifier: Apache-2.0
import CCurl

extension EasyHandle {
    /// Sets everything that the request asks for, in the order of its properties.
    func setOptions(_ configuration: CurlConfiguration) throws(CurlError) {
        let request = transfer.request
        try setSafety()
        try setTarget(request)
        try setBody(request)
        try setHeaders(request)
        try setLimits(request, configuration)
        try setTLS(request.tls)
    }

    private func setSafety() throws(CurlError) {
        try set(CURLOPT_NOSIGNAL, 1)
        // Removing a handle must not wait for its name to be resolved: without this libcurl joins
        // the resolver's thread. With it that thread is left to end, and to free itself.
        try set(CURLOPT_QUICK_EXIT, 1)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    }

    private func setTarget(_ request: CurlRequest) throws(CurlError) {
        try set(CURLOPT_URL, request.url)
        try set(CURLOPT_PATH_AS_IS, 1)
        switch request.proxy {
        case .environment: break
        case .direct: try set(CURLOPT_PROXY, "")
        case .url(let url): try set(CURLOPT_PROXY, url)
        }
        if request.maximumRedirects > 0 {
            try set(CURLOPT_FOLLOWLOCATION, 1)
            try set(CURLOPT_MAXREDIRS, min(request.maximumRedirects, Int(Int16.max)))
        }
        if request.decompresses { try set(CURLOPT_ACCEPT_ENCODING, "") }
        if !request.reusesConnection { try set(CURLOPT_FRESH_CONNECT, 1) }
    }

    /// Chooses the method in libcurl's own terms, so that it knows what to do after a redirect.
    private func setBody(_ request: CurlRequest) throws(CurlError) {
        let length = request.bodyLength
        switch request.method {
        case .post:
            try set(CURLOPT_POST, 1)
            try set(CURLOPT_POSTFIELDSIZE_LARGE, offset: length ?? -1)
        case .head where length == 0:
            try set(CURLOPT_NOBODY, 1)
        case .get where length == 0:
            try set(CURLOPT_HTTPGET, 1)
        default:
            let carriesBody = length != 0 || request.method == .put || request.method == .patch
            if carriesBody {
                try set(CURLOPT_UPLOAD, 1)
                try set(CURLOPT_INFILESIZE_LARGE, offset: length ?? -1)
            }
            if !(carriesBody && request.method == .put) {
                try set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
            }
        }
    }

    private func setHeaders(_ request: CurlRequest) throws(CurlError) {
        for field in request.headers where !request.isMadeByCurl(field) {
            try headers.append(field.name, field.value)
        }
        // libcurl would call every POST a form.
        if request.headers["Content-Type"] == nil { try headers.suppress("Content-Type") }
        if let timeout = request.continueTimeout, request.expectsContinue {
            try set(CURLOPT_EXPECT_100_TIMEOUT_MS, timeout.curlMilliseconds)
        } else {
            try headers.suppress("Expect")
        }
        try applyHeaders()
    }

    /// Stall and deadline are the loop's: libcurl counts whole seconds, and ends both with the code
    /// that stands for the connect timeout here.
    private func setLimits(
        _ request: CurlRequest, _ configuration: CurlConfiguration
    ) throws(CurlError) {
        try set(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout.curlMilliseconds)
        let idleSeconds = max(1, configuration.idleLifetime.curlMilliseconds / 1_000)
        try set(CURLOPT_MAXAGE_CONN, idleSeconds)
    }

    private func setTLS(_ tls: CurlTLS) throws(CurlError) {
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        try set(CURLOPT_SSL_VERIFYPEER, tls.verifiesPeer ? 1 : 0)
        try set(CURLOPT_SSL_VERIFYHOST, tls.verifiesPeer ? 2 : 0)
        if let file = tls.authoritiesFile { try set(CURLOPT_CAINFO, file) }
    }
}
