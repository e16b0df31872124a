// SPDX-License-Identifier: Apache-2.0
import CCurl

/// Owns a `CURL`, the C side of one transfer, and what libcurl only borrows: the header list, the
/// error buffer and this object itself, as the context of its callbacks.
///
/// Belongs to the client's thread alone. It is in `TransferLoop.running` from `add` to `remove`,
/// which keeps it alive for as long as libcurl may call back. Freed after it was removed.
final class EasyHandle {
    let transfer: Transfer
    var exchange: Exchange

    private let pointer: UnsafeMutableRawPointer
    private let headers = HeaderList()
    private let errorText: UnsafeMutableBufferPointer<CChar>

    /// Makes an easy handle with a request's options, none of which sends anything yet.
    init(_ transfer: Transfer, configuration: CurlConfiguration) throws(CurlError) {
        guard let pointer = curl_easy_init() else {
            throw CurlError(.library, reason: "libcurl has no memory for an easy handle.")
        }
        self.pointer = pointer
        self.transfer = transfer
        exchange = Exchange(transfer, configuration: configuration)
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0)
        try setOptions(configuration)
    }

    deinit {
        curl_easy_cleanup(pointer)
        errorText.deallocate()
    }

    /// The object whose handle libcurl names in a message.
    static func owner(of pointer: UnsafeMutableRawPointer) -> EasyHandle? {
        var context: UnsafeMutableRawPointer?
        guard ccurl_easy_get_pointer(pointer, CURLINFO_PRIVATE, &context) == CURLE_OK else {
            return nil
        }
        return context.map(EasyHandle.owner(context:))
    }

    /// The object behind a callback's context.
    static func owner(context: UnsafeMutableRawPointer) -> EasyHandle {
        Unmanaged<EasyHandle>.fromOpaque(context).takeUnretainedValue()
    }

    /// Lends the C handle.
    func withPointer<Value>(_ body: (UnsafeMutableRawPointer) -> Value) -> Value {
        body(pointer)
    }

    /// Lets libcurl go on in the directions that no longer have to wait. It may call back at once.
    func resume() throws(CurlError) {
        let waiting = exchange.resume()
        let code = curl_easy_pause(
            pointer,
            (waiting.receiving ? CURLPAUSE_RECV : CURLPAUSE_RECV_CONT)
                | (waiting.sending ? CURLPAUSE_SEND : CURLPAUSE_SEND_CONT))
        if code != CURLE_OK { throw error(for: code) }
    }

    /// Makes libcurl look at the transfer at its next turn although nothing happened on the network.
    func nudge() throws(CurlError) {
        // Any change of the paused directions does; nothing is being sent at this point.
        let code = curl_easy_pause(pointer, CURLPAUSE_SEND)
        if code != CURLE_OK { throw error(for: code) }
        try resume()
    }

    /// What libcurl's verdict means for the transfer.
    func outcome(of code: CURLcode) -> Result<Void, CurlError> {
        exchange.outcome(of: code == CURLE_OK ? nil : error(for: code))
    }

    private func error(for code: CURLcode) -> CurlError {
        CurlError(code, detail: errorText.baseAddress.map { String(cString: $0) } ?? "")
    }
}

extension EasyHandle {
    /// Sets everything that the request asks for, in the order of its properties.
    private func setOptions(_ configuration: CurlConfiguration) throws(CurlError) {
        let request = transfer.request
        try setCallbacks(request)
        try setSafety()
        try setTarget(request)
        try setBody(request)
        try setHeaders(request)
        try setLimits(request, configuration)
        try setTLS(request.tls)
    }

    private func setCallbacks(_ request: CurlRequest) throws(CurlError) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try check(ccurl_easy_set_pointer(pointer, CURLOPT_PRIVATE, context))
        try check(ccurl_easy_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText.baseAddress))
        try check(ccurl_easy_set_header(pointer, EasyCallbacks.header, context))
        try check(ccurl_easy_set_write(pointer, EasyCallbacks.write, context))
        try check(ccurl_easy_set_read(pointer, EasyCallbacks.read, context))
        try check(ccurl_easy_set_seek(pointer, EasyCallbacks.seek, context))
        if request.stallTimeout != nil {
            try check(ccurl_easy_set_progress(pointer, EasyCallbacks.progress, context))
        }
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
        try check(headers.withPointer { ccurl_easy_set_list(pointer, CURLOPT_HTTPHEADER, $0) })
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

    private func set(_ option: CURLoption, _ value: Int) throws(CurlError) {
        try check(ccurl_easy_set_long(pointer, option, value))
    }

    private func set(_ option: CURLoption, offset: Int64) throws(CurlError) {
        try check(ccurl_easy_set_offset(pointer, option, curl_off_t(offset)))
    }

    private func set(_ option: CURLoption, _ value: String) throws(CurlError) {
        try check(ccurl_easy_set_string(pointer, option, value))
    }

    private func check(_ code: CURLcode) throws(CurlError) {
        try CurlLibrary.check(code)
    }
}
