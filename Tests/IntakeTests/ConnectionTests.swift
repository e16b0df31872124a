// SPDX-License-Identifier: Apache-2.0

import API
import Access
import Model
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ConnectionTests {
    @Test func `a client that waits for 100 Continue is answered at once`() async throws {
        try await withRawIntake { scene, port in
            try await withConnection(port: port) { connection in
                let token = try await scene.tokens.issue(for: scene.owner).token
                try await connection.send(
                    Self.head(
                        "/workspaces", token, "Content-Length: 14", "Expect: 100-continue"))
                let interim = try await connection.receive("the interim answer") { $0.status != 0 }
                #expect(interim.status == 100)
                try await connection.send(#"{"name":"New"}"#)
                let answer = try await connection.receive("the answer") {
                    RawResponse($0.rest).isComplete
                }
                #expect(RawResponse(answer.rest).status == 201)
            }
        }
    }

    @Test(arguments: ["Content-Length: 99999999999", "Transfer-Encoding: chunked"])
    func `a refusal that comes before the body closes the connection`(_ length: String)
        async throws
    {
        try await withRawIntake { scene, port in
            let token = try await scene.tokens.issue(for: scene.stranger).token
            for (token, status) in [("x", 401), (token, 403)] {
                try await withConnection(port: port) { connection in
                    try await connection.send(
                        Self.head(
                            "/workspaces/\(scene.workspace.id)/archive", token, length,
                            "Content-Type: application/gzip", "Expect: 100-continue"))
                    let response = try await connection.receiveToEnd()
                    #expect(response.status == status)
                    #expect(response.isComplete)
                    #expect(response.headers["connection"] == "close")
                    #expect(response.headers["x-correlation-id"]?.isEmpty == false)
                }
            }
        }
    }

    @Test func `a client that sends on and on sees the refusal`() async throws {
        try await withRawIntake { scene, port in
            try await withConnection(port: port) { connection in
                let token = try await scene.tokens.issue(for: scene.owner).token
                try await connection.send(
                    Self.head(
                        "/workspaces/\(scene.workspace.id)/archive", token,
                        "Content-Length: 40000000", "Content-Type: application/gzip"))
                connection.sendWithoutWaiting(String(repeating: "x", count: 2_000_000))
                let response = try await connection.receive("the refusal") { $0.isComplete }
                #expect(response.status == 413)
            }
        }
    }

    @Test func `a refusal that comes after the body keeps the connection`() async throws {
        try await withRawIntake { scene, port in
            try await withConnection(port: port) { connection in
                let token = try await scene.tokens.issue(for: scene.owner).token
                let request = Self.head("/workspaces", token, "Content-Length: 2") + "{}"
                try await connection.send(request)
                let first = try await connection.receive("the refusal") { $0.isComplete }
                #expect(first.status == 400)
                #expect(first.headers["connection"] == nil)
                try await connection.send(request)
                try await connection.receive("the second refusal") {
                    RawResponse($0.rest).isComplete
                }
            }
        }
    }

    private static func head(_ path: String, _ token: String, _ fields: String...) -> String {
        (["POST \(path) HTTP/1.1", "Host: localhost", "Authorization: Bearer \(token)"] + fields
            + ["", ""]).joined(separator: "\r\n")
    }
}
