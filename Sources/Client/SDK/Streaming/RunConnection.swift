// SPDX-License-Identifier: Apache-2.0

import API
import Curl
import Model

/// One run's stream over one connection after another, and how far it has come.
struct RunConnection {
    /// The stream broke off in a way that connecting again can mend.
    struct Interruption: Error {
        let cause: TlaoError
    }

    /// After how long without a byte the connection is taken for dead: three keepalives of the
    /// server.
    private static let stallTimeout: Duration = .seconds(45)

    private let transport: Transport
    private let run: RunID
    private var lastSequence: Int64
    private var hasEnded = false
    private var chunks: CurlResponseBody.AsyncIterator?
    private var parser = ServerSentEventParser()
    private var received: [ServerSentEvent] = []

    /// How long to wait before connecting again, as the server last said.
    private(set) var retry: Duration?

    init(transport: Transport, run: RunID, after: Int64) {
        self.transport = transport
        self.run = run
        lastSequence = after
    }

    private var name: String { "GET /runs/\(run)/stream" }

    /// The next event of the timeline; nil after the terminal one.
    mutating func next() async throws -> ProgressEvent? {
        while !hasEnded {
            while !received.isEmpty {
                if let event = try take(received.removeFirst()) { return event }
            }
            if chunks == nil { try await connect() } else { try await receive() }
        }
        return nil
    }

    private mutating func take(_ message: ServerSentEvent) throws -> ProgressEvent? {
        if message.type == "reauthenticate" {
            throw TlaoError(
                .init(ErrorCode.authenticationRequired), status: 401,
                message: "The token has expired; sign in again.",
                request: name)
        }
        guard ProgressEvent.Kind(rawValue: message.type) != nil else { return nil }
        guard let event = try? JSONText.decode(ProgressEvent.self, from: message.data) else {
            throw TlaoError(
                .unexpectedAnswer, message: "The stream carries something else than events.",
                request: name)
        }
        guard event.sequenceNumber > lastSequence else { return nil }
        guard event.sequenceNumber == lastSequence + 1 else {
            throw interrupted(.unexpectedAnswer, "The stream left events out.")
        }
        lastSequence = event.sequenceNumber
        hasEnded = event.isTerminal
        if hasEnded { chunks = nil }
        return event
    }

    private mutating func connect() async throws {
        received = []
        parser = ServerSentEventParser()
        var request = transport.request(.get, "/runs/\(run)/stream")
        request.headers.append(name: "Accept", value: "text/event-stream")
        request.headers.append(name: "Last-Event-ID", value: String(lastSequence))
        request.stallTimeout = Self.stallTimeout
        let response: CurlResponse
        do {
            response = try await transport.perform(request, name: name)
        } catch {
            throw failure(error)
        }
        switch response.status {
        case 200:
            guard Self.isEventStream(response) else {
                throw TlaoError(
                    .unexpectedAnswer, status: 200,
                    message: "The answer is not a stream of events; is this the right address?",
                    request: name)
            }
            chunks = response.body.makeAsyncIterator()
        case 204: hasEnded = true
        default: try await refuse(response)
        }
    }

    /// A page of a proxy, say, is answered with status 200 too; asking for it again is no use.
    private static func isEventStream(_ response: CurlResponse) -> Bool {
        let mediaType = response.headers["Content-Type"]?.prefix { $0 != ";" } ?? ""
        return mediaType.lowercased().hasPrefix("text/event-stream")
    }

    private func refuse(_ response: CurlResponse) async throws {
        let body = (try? await response.body.collect(upTo: Transport.answerLimit)) ?? []
        let refusal = TlaoError(answer: response, body: body, request: name)
        let isPassing = response.status == 429 || response.status >= 500
        throw isPassing ? Interruption(cause: refusal) : refusal
    }

    private mutating func receive() async throws {
        let chunk: [UInt8]?
        do {
            chunk = try await chunks?.next()
        } catch {
            throw failure(TlaoError(transfer: error, request: name))
        }
        guard let chunk else {
            throw interrupted(.unreachable, "The server closed the stream early.")
        }
        received += parser.parse(chunk)
        retry = parser.retry ?? retry
        if parser.isBroken {
            throw interrupted(.unexpectedAnswer, "The stream carries an event without an end.")
        }
    }

    /// What a failed transfer means: cancellation ends everything, a TLS refusal won't get better
    /// by itself.
    private mutating func failure(_ error: TlaoError) -> any Error {
        chunks = nil
        switch error.code {
        case .cancelled: return CancellationError()
        case .tls: return error
        default: return Interruption(cause: error)
        }
    }

    private mutating func interrupted(_ code: TlaoError.Code, _ message: String) -> Interruption {
        chunks = nil
        return Interruption(cause: TlaoError(code, message: message, request: name))
    }
}
