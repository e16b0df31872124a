// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import HummingbirdTesting
import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ErrorAnswerTests {
    @Test(arguments: ["/nothing", "/runs/x/y/z", "/", "//", "/auth", "/%00", "/runs/%FF/nothing"])
    func `an unknown route is 404 with an error body`(_ path: String) async throws {
        try await withIntake { scene, client in
            for user in [scene.owner, nil] {
                try await client.call(.get, path, as: user).expectError(.notFound)
            }
        }
    }

    @Test func `the client's correlation id is given back on every kind of answer`() async throws {
        try await withIntake { scene, client in
            for (path, user) in [
                ("/healthz", nil), ("/nothing", nil), ("/runs", nil), ("/runs", scene.owner),
                ("/runs?limit=0", scene.owner),
            ] {
                let response = try await client.call(
                    .get, path, as: user, headers: [.correlation: "my.id_1-2"])
                #expect(response.header(CorrelationID.header) == "my.id_1-2")
                if response.status.code >= 400 {
                    let error: ErrorResponse = try response.value(status: response.status)
                    #expect(error.correlationId == "my.id_1-2")
                }
            }
        }
    }

    @Test(arguments: ["", "a b", "ü", String(repeating: "x", count: 129), "a/b"])
    func `a correlation id that can't be one is replaced`(_ id: String) async throws {
        try await withIntake { _, client in
            let response = try await client.call(
                .get, "/healthz", as: nil, headers: [.correlation: id])
            let given = try #require(response.header(CorrelationID.header))
            #expect(given != id && !given.isEmpty)
        }
    }

    @Test(arguments: [
        "", " ", "{", "[]", "null", "7", "\"x\"", "{\"a\":1", "{\"a\":1}}", "{'a':1}", "\u{FEFF}",
        "{\"a\":\"\\ud800\"}", "{\"a\":1e999}", "{\"name\":\"a\" \"b\"}",
    ])
    func `a body that is no JSON object is 400`(_ body: String) async throws {
        try await withIntake { scene, client in
            for path in ["/workspaces", "/tasks", "/runs", "/auth/login"] {
                let response = try await client.call(
                    .post, path, as: scene.owner, body: Array(body.utf8))
                try response.expectError(.validationFailed)
            }
        }
    }

    @Test func `a body of any bytes is 400, and breaks nothing`() async throws {
        try await withIntake { scene, client in
            await checkProperty("Any body", .bytes(count: 0...40)) { bytes in
                let response = try await client.call(
                    .post, "/tasks", as: scene.owner, body: bytes)
                try requireEqual(response.status, .badRequest)
            }
        }
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `a body nested without end is 400`(_ opening: String) async throws {
        try await withIntake { scene, client in
            let body = String(repeating: opening, count: 100_000)
            let response = try await client.call(
                .post, "/tasks", as: scene.owner, body: Array(body.utf8))
            try response.expectError(.validationFailed)
        }
    }

    @Test func `a JSON body over 1 MiB is 413`() async throws {
        try await withIntake { scene, client in
            let name = String(repeating: "x", count: 1 << 20)
            for path in ["/workspaces", "/tasks", "/runs", "/auth/login"] {
                let response = try await client.call(
                    .post, path, as: scene.owner, json: ["name": name])
                #expect(response.status == .contentTooLarge)
                let error: ErrorResponse = try response.value(status: .contentTooLarge)
                #expect(error.correlationId == response.header(CorrelationID.header))
            }
        }
    }

    @Test func `a table that is away is 503 with a time to come back`() async throws {
        try await withIntake { scene, client in
            scene.table.setRates(TableFaultRates([.unavailable: 1]))
            for path in ["/runs", "/readyz", "/workspaces"] {
                let response = try await client.call(.get, path, as: scene.owner)
                try response.expectError(.unavailable)
                #expect(response.header("Retry-After") == "2")
            }
            #expect(try await client.call(.get, "/healthz", as: nil).status == .ok)
            scene.table.setRates(.none)
            #expect(try await client.call(.get, "/readyz", as: nil).status == .ok)
        }
    }
}

extension HTTPField.Name {
    fileprivate static var correlation: HTTPField.Name {
        HTTPField.Name(CorrelationID.header) ?? .accept
    }
}
