// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What one request's caller, reader and body share with the client's thread.
///
/// The thread keeps the C side (`EasyHandle`) to itself; here is only what both sides touch, each
/// part under its own lock. Ending is idempotent: whichever of libcurl, cancellation and the
/// client's closing comes first decides what caller and reader see.
final class Transfer: Sendable {
    let request: CurlRequest
    let started = ContinuousClock.now
    let incoming: IncomingBody
    let outgoing: OutgoingBody?

    private let mailbox: Mailbox
    private let head = Mutex(Head.awaited(nil))

    private enum Head {
        case awaited(CheckedContinuation<Result<CurlResponse, CurlError>, Never>?)
        case settled(Result<ResponseHead, CurlError>)
        case taken
    }

    /// Prepares the transfer of a request that was found valid.
    init(_ request: CurlRequest, configuration: CurlConfiguration, mailbox: Mailbox) {
        self.request = request
        self.mailbox = mailbox
        incoming = IncomingBody(capacity: max(1, configuration.receiveBufferBytes))
        if case .stream(let length, _) = request.body.content {
            outgoing = OutgoingBody(length: length)
        } else {
            outgoing = nil
        }
    }

    /// Hands the transfer to the client's thread and waits for the head; called once.
    func start() async -> Result<CurlResponse, CurlError> {
        incoming.whenDrained { [weak self] in self?.resume() }
        if let outgoing, case .stream(_, let feed) = request.body.content {
            outgoing.whenFilled { [weak self] in self?.resume() }
            // The one unstructured task of this module: it must outlive `perform`, which returns
            // with the head while the body may still be on its way out. It ends with the transfer.
            Task { await outgoing.pump(feed) }
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                wait(continuation)
                if !mailbox.post(.add(self)) { end(.failure(.closed)) }
            }
        } onCancel: {
            cancel()
        }
    }

    /// Gives the head to the caller; the client's thread calls it once, after the pass in which the
    /// head came, so that a short response is whole before its reader begins.
    func deliver(_ responseHead: ResponseHead) {
        settle(.success(responseHead))
    }

    /// Ends the transfer; what was received before stays readable.
    func end(_ outcome: Result<Void, CurlError>) {
        if case .failure(let error) = outcome { settle(.failure(error)) }
        incoming.end(outcome)
        outgoing?.end()
    }

    /// Ends the transfer for a caller or reader that wants no more, from any thread.
    func cancel() {
        settle(.failure(.cancelled))
        outgoing?.end()
        if incoming.cancel() { mailbox.post(.remove(self)) }
    }

    /// Asks the thread to let libcurl go on where it was told to wait.
    func resume() {
        mailbox.post(.resume(self))
    }

    private func wait(_ continuation: CheckedContinuation<Result<CurlResponse, CurlError>, Never>) {
        let settled = head.withLock { head -> Result<ResponseHead, CurlError>? in
            guard case .settled(let result) = head else {
                head = .awaited(continuation)
                return nil
            }
            head = .taken
            return result
        }
        if let settled { continuation.resume(returning: settled.map(response)) }
    }

    private func settle(_ result: Result<ResponseHead, CurlError>) {
        let waiting = head.withLock {
            head -> CheckedContinuation<Result<CurlResponse, CurlError>, Never>? in
            guard case .awaited(let waiting) = head else { return nil }
            head = waiting == nil ? .settled(result) : .taken
            return waiting
        }
        // Outside the lock: a response that nobody takes cancels its transfer, which comes back
        // here.
        waiting?.resume(returning: result.map(response))
    }

    private func response(_ head: ResponseHead) -> CurlResponse {
        CurlResponse(
            status: head.status, headers: head.headers, body: CurlResponseBody(of: self))
    }
}
