// SPDX-License-Identifier: Apache-2.0

import Foundation
import LoopbackServer
import SystemPackage
import TestSupport

/// A server that speaks the API as tests tell it to, and records what it is asked.
struct FakeAPI: Sendable {
    typealias Answer = @Sendable (LoopbackRequest, LoopbackReply) async throws -> Void

    static let workspace = "0190a000-0000-7000-8000-0000000000a1"
    static let run = "0190a000-0000-7000-8000-0000000000b1"
    static let task = "0190a000-0000-7000-8000-0000000000c1"
    static let artifact = "0190a000-0000-7000-8000-0000000000d1"

    /// What came, in order.
    let requests: TestSignal<LoopbackRequest>
    let address: String

    /// The routes that were asked for, in order.
    var routes: [String] { requests.pending.map(\.route) }

    /// The requests of a route, in order.
    func requests(to route: String) -> [LoopbackRequest] {
        requests.pending.filter { $0.route == route }
    }
}

/// Lends a signed-in `tlao` and the API it talks to; unknown routes answer 404.
func withFakeAPI<Value: Sendable>(
    _ routes: [String: FakeAPI.Answer], _ body: @Sendable (FakeAPI, Tlao) async throws -> Value
) async throws -> Value {
    let requests = TestSignal<LoopbackRequest>()
    return try await withLoopbackServer { request, reply in
        requests.send(request)
        guard let answer = routes[request.route] else {
            return try await reply.refuse(404, "NOT_FOUND", "There is no such route.")
        }
        try await answer(request, reply)
    } _: { server in
        try await withTlao { tlao in
            var tlao = tlao
            tlao.variables = ["TLAO_API_URL": server.address, "TLAO_TOKEN": "test-token"]
            return try await body(FakeAPI(requests: requests, address: server.address), tlao)
        }
    }
}

extension LoopbackReply {
    /// Answers with the API's error body.
    func refuse(_ status: Int, _ code: String, _ message: String, more: String = "") async throws {
        try await answer(
            status,
            json: #"{"error":"\#(message)","code":"\#(code)","correlationId":"corr-1"\#(more)}"#)
    }
}
