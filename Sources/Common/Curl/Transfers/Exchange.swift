// SPDX-License-Identifier: Apache-2.0

/// One transfer as the client's thread sees it: which head counts, where the bytes go, when a byte
/// last moved.
///
/// Free of C, and touched by that thread alone.
struct Exchange {
    private let transfer: Transfer
    private var parser: ResponseHeadParser
    /// The head that answers the request, once it is known.
    private(set) var head: ResponseHead?
    /// A head that libcurl itself will probably answer, with another request.
    private var passing: ResponseHead?
    /// What went wrong on this side of libcurl; goes before what libcurl makes of it.
    private var failure: CurlError?
    private var isDelivered = false

    private var isBodyAsked = false
    private var bytesSupplied = 0
    private var isBodySupplied: Bool
    private var lastMoved: ContinuousClock.Instant
    private var bytesMoved: Int64 = 0
    /// Whether libcurl was told to wait.
    ///
    /// Not what the bodies say: they change their mind on other threads, a moment before libcurl is
    /// resumed.
    private var isWaiting = false

    init(_ transfer: Transfer, configuration: CurlConfiguration) {
        self.transfer = transfer
        parser = ResponseHeadParser(limit: configuration.maximumHeadBytes)
        isBodySupplied = transfer.request.bodyLength == 0
        lastMoved = transfer.started
    }

    /// When libcurl must be nudged out of waiting for `100 Continue`.
    ///
    /// It measures that wait anew from each byte of a head but sets its timer only once, so after a
    /// head that is neither 100 nor a refusal it would wait on (7.88, `readwrite_data`).
    private(set) var nudgeTime: ContinuousClock.Instant?

    /// Takes a line of a head; false ends the transfer.
    mutating func receive(headerLine line: [UInt8]) -> Bool {
        touch()
        if let timeout = transfer.request.continueTimeout, isContinueAwaited {
            nudgeTime = .now + timeout + .milliseconds(10)
        }
        // After the head that counts there is nothing but trailers.
        guard head == nil else { return true }
        do throws(CurlError) {
            if let complete = try parser.read(line) { judge(complete) }
            return failure == nil
        } catch {
            failure = error
            return false
        }
    }

    /// Takes a piece of the body.
    mutating func receive(body bytes: UnsafeRawBufferPointer) -> IncomingBody.Acceptance {
        touch()
        if head != nil {
            let acceptance = transfer.incoming.receive(bytes)
            if case .full = acceptance { isWaiting = true }
            return acceptance
        }
        guard passing == nil else { return .taken }
        failure = .malformed("The response has a body but no head.")
        return .over
    }

    /// Gives libcurl the next piece of the request's body.
    mutating func supply(_ buffer: UnsafeMutableRawBufferPointer) -> OutgoingBody.Supply {
        touch()
        isBodyAsked = true
        nudgeTime = nil
        let supply = nextSupply(buffer)
        switch supply {
        case .bytes(let count):
            bytesSupplied += count
            isBodySupplied = transfer.request.bodyLength == Int64(bytesSupplied)
        case .end: isBodySupplied = true
        case .failed(let error): failure = error
        case .later: isWaiting = true
        }
        return supply
    }

    /// Starts the request's body over.
    mutating func rewind() {
        isBodyAsked = false
        bytesSupplied = 0
        isBodySupplied = transfer.request.bodyLength == 0
        transfer.outgoing?.rewind()
    }

    /// Notes how many bytes have gone over the wire in both directions.
    mutating func noteProgress(_ total: Int64) {
        guard total != bytesMoved else { return }
        bytesMoved = total
        touch()
    }

    /// Notes in which directions libcurl still has to wait, now that it is resumed in the others.
    mutating func resume() -> (receiving: Bool, sending: Bool) {
        touch()
        let receiving = transfer.incoming.isPaused
        let sending = transfer.outgoing?.isPaused == true
        isWaiting = receiving || sending
        return (receiving, sending)
    }

    /// Gives the head to the caller if it has come and the caller doesn't have it yet.
    mutating func deliverHead() {
        guard let head, !isDelivered else { return }
        isDelivered = true
        transfer.deliver(head)
    }

    /// Joins libcurl's verdict with this side's.
    mutating func outcome(of error: CurlError?) -> Result<Void, CurlError> {
        if let failure { return .failure(failure) }
        if let error { return .failure(error) }
        if head == nil { head = passing }
        guard head != nil else {
            // To libcurl a connection that ends within a head is no failure.
            return .failure(
                CurlError(.connectionLost, reason: "The connection ended within the head."))
        }
        return .success(())
    }

    /// What time demands of the transfer.
    enum Demand {
        /// Nothing before this moment, if ever.
        case later(ContinuousClock.Instant?)
        case nudge
        case end(CurlError)
    }

    /// What the time demands now.
    mutating func demand(at now: ContinuousClock.Instant) -> Demand {
        let request = transfer.request
        let deadline = request.deadline.map { transfer.started + $0 }
        if let deadline, deadline <= now { return .end(.deadlineExceeded(request)) }
        let stall = stallTime(at: now)
        if let stall, stall <= now { return .end(.stalled(request)) }
        if let time = nudgeTime, time <= now {
            nudgeTime = nil
            return .nudge
        }
        return .later([deadline, stall, nudgeTime].compactMap(\.self).min())
    }

    private func stallTime(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard let timeout = transfer.request.stallTimeout else { return nil }
        // While the other side waits for this one there is no stall; resuming starts it over.
        return (isWaiting ? now : lastMoved) + max(timeout, .milliseconds(1)) + continueTime
    }

    /// What a server may take for its `100 Continue` in addition; saying nothing is no stall then.
    private var continueTime: Duration {
        isContinueAwaited ? transfer.request.continueTimeout ?? .zero : .zero
    }

    private var isContinueAwaited: Bool {
        transfer.request.expectsContinue && !isBodyAsked && head.map { $0.status < 300 } ?? true
    }

    private mutating func touch() {
        lastMoved = .now
    }

    private mutating func judge(_ complete: ResponseHead) {
        passing = nil
        if complete.status == 101 {
            failure = .malformed("The server changed the protocol without being asked to.")
        }
        guard complete.status >= 200 else { return }
        if willBeRedirected(complete) || willBeRepeated(complete) {
            passing = complete
            return
        }
        head = complete
        // libcurl stops sending on such an answer, so the stream need not go on either.
        if complete.status >= 300, !isBodySupplied { stopSupplying() }
    }

    /// libcurl follows any 3xx with a `Location`, as long as it may.
    private func willBeRedirected(_ head: ResponseHead) -> Bool {
        (300..<400).contains(head.status) && transfer.request.maximumRedirects > 0
            && head.headers["Location"]?.isEmpty == false
    }

    /// libcurl answers 417 to an unfinished body by asking again without `Expect`.
    private func willBeRepeated(_ head: ResponseHead) -> Bool {
        head.status == 417 && !isBodySupplied && transfer.request.expectsContinue
    }

    private func stopSupplying() {
        guard let outgoing = transfer.outgoing else { return }
        outgoing.end()
        // A paused direction would keep libcurl from ever calling the transfer done.
        transfer.resume()
    }

    private func nextSupply(_ buffer: UnsafeMutableRawBufferPointer) -> OutgoingBody.Supply {
        switch transfer.request.body.content {
        case .none: return .end
        case .bytes(let bytes):
            let count = min(buffer.count, bytes.count - bytesSupplied)
            buffer.copyBytes(from: bytes[bytesSupplied..<bytesSupplied + count])
            return count > 0 ? .bytes(count) : .end
        case .stream: return transfer.outgoing?.supply(buffer) ?? .end
        }
    }
}

extension CurlError {
    fileprivate static func deadlineExceeded(_ request: CurlRequest) -> CurlError {
        CurlError(.deadlineExceeded, reason: "\(request) was not over by its deadline.")
    }

    fileprivate static func stalled(_ request: CurlRequest) -> CurlError {
        CurlError(.stalled, reason: "\(request) moved no byte for too long.")
    }
}
