// SPDX-License-Identifier: Apache-2.0

/// An HTTP client over libcurl: any number of requests at once, on one thread of its own.
///
/// Connections are kept and used again within the limits of `CurlConfiguration`. Safe to use from
/// any task. End it with `close()`; one that is dropped instead ends by itself, its outstanding
/// transfers with `closed`.
public final class CurlClient: Sendable {
    private let thread: ClientThread
    private let configuration: CurlConfiguration

    /// Starts a client's thread; throws `library` when libcurl or the system have nothing left.
    public init(_ configuration: CurlConfiguration = CurlConfiguration()) throws(CurlError) {
        self.configuration = configuration
        thread = try ClientThread(configuration)
    }

    deinit {
        thread.abandon()
    }

    /// Sends a request, and returns as soon as the head of its answer is there.
    ///
    /// Any status is a success. The body is read from the response, and may be endless. While it is
    /// read the request's own body may still be on its way out. Cancelling the task ends the
    /// transfer in every phase; after this returned, reading's own task does.
    public func perform(_ request: CurlRequest) async throws(CurlError) -> CurlResponse {
        try request.validate()
        let transfer = Transfer(request, configuration: configuration, mailbox: thread.mailbox)
        return try await transfer.start().get()
    }

    /// Ends all outstanding transfers with `closed`, closes the connections and ends the thread.
    ///
    /// Returns when that is done; from the first call on `perform` throws `closed`. Calling it
    /// again is harmless.
    public func close() async {
        await thread.join()
    }
}
