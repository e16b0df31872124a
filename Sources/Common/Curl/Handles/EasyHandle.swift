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
    let headers = HeaderList()
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
        try setCallbacks(transfer.request)
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

    /// Lets libcurl go on in the directions that no longer have to wait.
    ///
    /// It may call back at once.
    func resume() throws(CurlError) {
        let waiting = exchange.resume()
        let code = curl_easy_pause(
            pointer,
            (waiting.receiving ? CURLPAUSE_RECV : CURLPAUSE_RECV_CONT)
                | (waiting.sending ? CURLPAUSE_SEND : CURLPAUSE_SEND_CONT))
        if code != CURLE_OK { throw error(for: code) }
    }

    /// Makes libcurl look at the transfer at its next turn although nothing happened on the
    /// network.
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

    /// Hands the header list, complete by now, to libcurl.
    func applyHeaders() throws(CurlError) {
        try check(headers.withPointer { ccurl_easy_set_list(pointer, CURLOPT_HTTPHEADER, $0) })
    }

    /// Sets a number; throws `library` when libcurl refuses it.
    func set(_ option: CURLoption, _ value: Int) throws(CurlError) {
        try check(ccurl_easy_set_long(pointer, option, value))
    }

    /// Sets a length; throws `library` when libcurl refuses it.
    func set(_ option: CURLoption, offset: Int64) throws(CurlError) {
        try check(ccurl_easy_set_offset(pointer, option, curl_off_t(offset)))
    }

    /// Sets a text, which libcurl copies; throws `library` when libcurl refuses it.
    func set(_ option: CURLoption, _ value: String) throws(CurlError) {
        try check(ccurl_easy_set_string(pointer, option, value))
    }

    private func check(_ code: CURLcode) throws(CurlError) {
        try CurlLibrary.check(code)
    }
}
