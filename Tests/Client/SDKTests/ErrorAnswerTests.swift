// SPDX-License-Identifier: Apache-2.0

import API
import LoopbackServer
import Model
import PropertyTesting
import TestSupport
import Testing

@testable import TlaoSDK

@Suite(.timeLimit(.minutes(3))) struct ErrorAnswerTests {
    /// An error answer, and the call it is the answer to.
    private struct Refusal: Sendable {
        let status: Int
        let body: ErrorResponse
        let run: RunID
        let retryAfter: Int?
    }

    private static let refusals: Generator<Refusal> = zip(
        Generator<Int>.integer(in: 400...599), Generator<String>.unicode(count: 0...40),
        .oneOf(
            Generator<ErrorCode>.anyCase.map(\.rawValue), .identifier(count: 1...20)),
        .identifier(count: 1...36), Generator<Int>.integer(in: 0...100_000).optional,
        zip(Generator<String>.unicode(count: 0...10), .unicode(count: 0...10))
            .map { Violation(field: $0, reason: $1) }.array(count: 0...3).optional,
        Generator<RunID>.uuid()
    ).map { status, message, code, id, retryAfter, details, run in
        Refusal(
            status: status,
            body: ErrorResponse(
                error: message, code: code, correlationId: id, details: details,
                maxBytes: retryAfter.map(Int64.init)), run: run, retryAfter: retryAfter)
    }

    @Test func `Property 21: the error has the answer's status, message, code and request`()
        async
    {
        await checkProperty("Property 21", Self.refusals) { refusal in
            let error = try await withLoopbackServer { _, reply in
                let headers = refusal.retryAfter.map { [("Retry-After", String($0))] } ?? []
                try await reply.answer(
                    refusal.status, headers: headers, body: try JSONText.bytes(refusal.body))
            } _: { server in
                try await TlaoClient.with(address: server.address, token: "t") { client in
                    try await requireThrows(TlaoError.self) {
                        _ = try await client.getRun(refusal.run)
                    }
                }
            }
            try requireEqual(error.status, refusal.status)
            try requireEqual(error.message, refusal.body.error)
            try requireEqual(error.code.description, refusal.body.code)
            try requireEqual(error.request, "GET /runs/\(refusal.run)")
            try requireEqual(error.correlationID, refusal.body.correlationId)
            try requireEqual(error.details, refusal.body.details ?? [])
            try requireEqual(error.maxBytes, refusal.body.maxBytes)
            try requireEqual(error.retryAfter, refusal.retryAfter)
        }
    }

    @Test(arguments: [404, 502])
    func `an answer that is not the API's says so, with its status`(status: Int) async throws {
        let error = try await withLoopbackServer { _, reply in
            try await reply.answer(
                status, headers: [("X-Correlation-Id", "abc")],
                body: Array("<html>nginx</html>".utf8))
        } _: { server in
            try await TlaoClient.with(address: server.address) { client in
                try await requireThrows(TlaoError.self) { _ = try await client.listExecutors() }
            }
        }
        #expect(error.code == .unexpectedAnswer)
        #expect(error.status == status)
        #expect(error.correlationID == "abc")
    }

    @Test func `a success of another form is an unexpected answer`() async throws {
        let error = try await withLoopbackServer { _, reply in
            try await reply.answer(json: #"{"hello":"world"}"#)
        } _: { server in
            try await TlaoClient.with(address: server.address) { client in
                try await requireThrows(TlaoError.self) { _ = try await client.identity() }
            }
        }
        #expect(error.code == .unexpectedAnswer)
    }

    @Test func `a server that isn't there is unreachable`() async throws {
        // A port that was free a moment ago, and that nobody listens on any more.
        let address = try await withLoopbackServer({ _, _ in }) { $0.address }
        let error = try await TlaoClient.with(address: address) { client in
            try await requireThrows(TlaoError.self) { _ = try await client.identity() }
        }
        #expect(error.code == .unreachable)
        #expect(error.status == nil)
    }

    @Test func `a token is sent with each request, and nowhere in an error`() async throws {
        let tokens = TestSignal<String?>()
        let error = try await withLoopbackServer { request, reply in
            tokens.send(request.headers["authorization"])
            try await reply.answer(500, json: "{}")
        } _: { server in
            try await TlaoClient.with(address: server.address + "/", token: "secret") { client in
                try await requireThrows(TlaoError.self) { _ = try await client.identity() }
            }
        }
        #expect(tokens.pending == ["Bearer secret"])
        #expect(!"\(error)".contains("secret"))
    }

    @Test(arguments: ["", "localhost:8080", "ftp://host", "http://", "http://host?x=1"])
    func `what is no address makes no client`(address: String) {
        #expect(throws: TlaoError.self) { _ = try TlaoClient(address: address) }
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080/x", true), ("http://localhost", true), ("http://[::1]:1/", true),
        ("http://127.evil.example/", false), ("https://host/127.0.0.1", false),
        ("http://localhost.example", false), ("http://10.0.0.1", false),
    ])
    func `only this machine is asked without a proxy`(url: String, expected: Bool) {
        #expect(Transport.isLoopback(url) == expected)
    }
}
