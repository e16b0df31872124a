// SPDX-License-Identifier: Apache-2.0

import API
import Foundation
import Model
import Seams
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct StreamRefusalTests {
    @Test(arguments: ["", "nonsense", "a.b.c"])
    func `without a valid token it is 401`(_ token: String) async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            let response = try await expectRefusal(
                401, .authenticationRequired, scene.request(run.id, token: token), port)
            #expect(response.headers["www-authenticate"] == "Bearer")
        }
    }

    @Test func `somebody else's run is 403, whatever the role`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            let token = try await scene.strangersToken()
            try await expectRefusal(403, .forbidden, scene.request(run.id, token: token), port)
        }
    }

    @Test(arguments: ["x", "..", "018F0000-0000-7000-8000-000000000000", "%00", "a%2Fb"])
    func `what can't be a run is 404`(_ id: String) async throws {
        try await withNotifier { scene, port in
            try await expectRefusal(404, .notFound, scene.request(id), port)
        }
    }

    @Test func `an unknown run is 404`() async throws {
        try await withNotifier { scene, port in
            try await expectRefusal(
                404, .notFound, scene.request(scene.identifiers.uuid()), port)
        }
    }

    @Test(arguments: ["x", "-1", "1.5", "9223372036854775808", "0x1", "+1", "1 2"])
    func `a cursor that is no sequence number is 400 and named`(_ cursor: String) async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            let response = try await expectRefusal(
                400, .validationFailed, scene.request(run.id, after: cursor), port)
            let body = try JSONDecoder().decode(ErrorResponse.self, from: Data(response.body.utf8))
            #expect(body.details?.map(\.field) == ["Last-Event-ID"])
        }
    }

    @Test func `while the table can't be read it is 503 with a time to come back`() async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            scene.table.failNextRead(.unavailable)
            let response = try await expectRefusal(
                503, .unavailable, scene.request(run.id), port)
            #expect(response.headers["retry-after"] == "2")
        }
    }

    @Test func `the client's correlation id is used, one that can't be is replaced`() async throws {
        try await withNotifier { scene, port in
            let good = scene.request("x", headers: ["X-Correlation-Id: my.id-1"])
            let bad = scene.request("x", headers: ["X-Correlation-Id: no good"])
            let kept = try await expectRefusal(404, .notFound, good, port)
            #expect(kept.headers["x-correlation-id"] == "my.id-1")
            let replaced = try await expectRefusal(404, .notFound, bad, port)
            #expect(replaced.headers["x-correlation-id"] != "no good")
        }
    }

    @Test(arguments: ["POST", "HEAD", "DELETE"])
    func `other methods pass to the server`(_ method: String) async throws {
        try await withNotifier { scene, port in
            let run = try await Timeline.running(in: scene)
            try await withConnection(port: port) { connection in
                let request = scene.request(run.id, headers: ["Connection: close"])
                try await connection.send(method + request.dropFirst(3))
                let response = try await connection.receiveToEnd()
                #expect(response.status == 404)
                #expect(response.headers["x-correlation-id"] == nil)
            }
        }
    }

    /// Expects an answer with a complete error body, and that the connection is closed.
    @discardableResult
    private func expectRefusal(
        _ status: Int, _ code: ErrorCode, _ request: String, _ port: Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> RawResponse {
        try await withConnection(port: port) { connection in
            try await connection.send(request)
            let response = try await connection.receiveToEnd()
            #expect(response.status == status, sourceLocation: sourceLocation)
            #expect(response.isComplete, sourceLocation: sourceLocation)
            let body = try JSONDecoder().decode(ErrorResponse.self, from: Data(response.body.utf8))
            #expect(body.code == code.rawValue, sourceLocation: sourceLocation)
            #expect(!body.error.isEmpty, sourceLocation: sourceLocation)
            #expect(!body.correlationId.isEmpty, sourceLocation: sourceLocation)
            #expect(
                body.correlationId == response.headers["x-correlation-id"],
                sourceLocation: sourceLocation)
            return response
        }
    }
}
