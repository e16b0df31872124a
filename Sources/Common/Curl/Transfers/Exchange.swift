// SPDX-License-Identifier: Apache-2.0

/// One transfer as the client's thread sees it: which head counts, where the bytes go, when a byte
/// last moved. Free of C, and touched by that thread alone.
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

    private var bytesSupplied = 0
    private var isBodySupplied: Bool
    private var lastMoved: ContinuousClock.Instant
    private var bytesMoved: Int64 = 0

    init(_ transfer: Transfer, configuration: CurlConfiguration) {
        self.transfer = transfer
        parser = ResponseHeadParser(limit: configuration.maximumHeadBytes)
        isBodySupplied = transfer.request.bodyLength == 0
        lastMoved = transfer.started
    }

    /// Takes a line of a head; false ends the transfer.
    mutating func receive(headerLine line: [UInt8]) -> Bool {
        touch()
        // After the head that counts there is nothing but trailers.
        guard head == nil else { return true }
        do throws(CurlError) {
            if let complete = try parser.read(line) { judge(complete) }
            return true
        } catch {
            failure = error
            return false
        }
    }

    /// Takes a piece of the body.
    mutating func receive(body bytes: UnsafeRawBufferPointer) -> IncomingBody.Acceptance {
        touch()
        if head != nil { return transfer.incoming.receive(bytes) }
        guard passing == nil else { return .taken }
        failure = .malformed("The response has a body but no head.")
        return .over
    }

    /// Gives libcurl the next piece of the request's body.
    mutating func supply(_ buffer: UnsafeMutableRawBufferPointer) -> OutgoingBody.Supply {
        touch()
        let supply = nextSupply(buffer)
        switch supply {
        case .bytes(let count):
            bytesSupplied += count
            isBodySupplied = transfer.request.bodyLength == Int64(bytesSupplied)
        case .end: isBodySupplied = true
        case .failed(let error): failure = error
        case .later: break
        }
        return supply
    }

    /// Starts the request's body over.
    mutating func rewind() {
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

    /// Starts the stall timeout over.
    mutating func touch() {
        lastMoved = .now
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
            return .failure(.malformed("The connection carried no final response."))
        }
        return .success(())
    }

    /// The earliest moment at which the transfer may be out of time, and the error if it is now.
    func timeLimit(at now: ContinuousClock.Instant) -> (ContinuousClock.Instant?, CurlError?) {
        let request = transfer.request
        let deadline = request.deadline.map { transfer.started + $0 }
        if let deadline, deadline <= now { return (nil, .deadlineExceeded(request)) }
        guard let timeout = request.stallTimeout else { return (deadline, nil) }
        // While the other side waits for this one there is no stall; resuming starts it over.
        let isOurTurn = transfer.incoming.isPaused || transfer.outgoing?.isPaused == true
        let stall = (isOurTurn ? now : lastMoved) + max(timeout, .milliseconds(1))
        if stall <= now { return (nil, .stalled(request)) }
        return (deadline.map { min($0, stall) } ?? stall, nil)
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
