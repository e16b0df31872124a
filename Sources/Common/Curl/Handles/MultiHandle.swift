// SPDX-License-Identifier: Apache-2.0
import CCurl

/// Owns a `CURLM`: the connections, the name cache and the running transfers of one client.
///
/// libcurl keeps an *easy handle* for each transfer; a *multi handle* runs any number of them on
/// one thread. Only the client's thread may touch either, with one exception, `wake`:
/// "this function only sets a flag … can be called from any thread"
/// (<https://curl.se/libcurl/c/curl_multi_wakeup.html>). Freed when the last reference goes, by
/// which time every easy handle has been removed and the mailbox has given up its wake-up call.
final class MultiHandle: Sendable {
    nonisolated(unsafe) private let pointer: UnsafeMutableRawPointer

    /// Makes a multi handle with a client's limits.
    init(_ configuration: CurlConfiguration) throws(CurlError) {
        try CurlLibrary.start()
        guard let pointer = curl_multi_init() else {
            throw CurlError(.library, reason: "libcurl has no memory for a multi handle.")
        }
        self.pointer = pointer
        set(CURLMOPT_MAX_TOTAL_CONNECTIONS, to: configuration.maximumConnections)
        set(CURLMOPT_MAXCONNECTS, to: configuration.maximumKeptConnections)
        if let maximum = configuration.maximumConnectionsPerHost {
            set(CURLMOPT_MAX_HOST_CONNECTIONS, to: maximum)
        }
    }

    deinit {
        curl_multi_cleanup(pointer)
    }

    /// Ends a `wait`, the running one or else the next.
    func wake() {
        curl_multi_wakeup(pointer)
    }

    /// Starts a transfer.
    func add(_ easy: EasyHandle) throws(CurlError) {
        try check(easy.withPointer { curl_multi_add_handle(pointer, $0) })
    }

    /// Stops a transfer at once, whatever its phase; its connection is closed unless it was done.
    func remove(_ easy: EasyHandle) throws(CurlError) {
        try check(easy.withPointer { curl_multi_remove_handle(pointer, $0) })
    }

    /// Moves every transfer as far as it goes without waiting; the easy handles' callbacks run
    /// here.
    func perform() throws(CurlError) {
        var running: Int32 = 0
        try check(curl_multi_perform(pointer, &running))
    }

    /// The next transfer that ended during `perform`.
    func nextDone() -> (EasyHandle, CURLcode)? {
        var code = CURLE_OK
        while let done = ccurl_multi_next_done(pointer, &code) {
            if let easy = EasyHandle.owner(of: done) { return (easy, code) }
        }
        return nil
    }

    /// Waits for the network, one of libcurl's own timers, `wake` or the time to pass.
    func wait(milliseconds: Int32) throws(CurlError) {
        try check(curl_multi_poll(pointer, nil, 0, milliseconds, nil))
    }

    private func set(_ option: CURLMoption, to value: Int) {
        // 0 and below would mean "no limit" to libcurl. It refuses none of these options.
        _ = ccurl_multi_set_long(pointer, option, min(max(1, value), Int(Int32.max)))
    }

    private func check(_ code: CURLMcode) throws(CurlError) {
        guard code != CURLM_OK else { return }
        let text = curl_multi_strerror(code).map { String(cString: $0) }
        throw CurlError(.library, reason: text ?? "libcurl failed.")
    }
}
