// SPDX-License-Identifier: Apache-2.0

import API
import Crypto
import Foundation
import LoopbackServer
import Model
import PropertyTesting
import TestSupport
import Testing

@testable import TlaoSDK

@Suite(.timeLimit(.minutes(3))) struct TransferTests {
    private static let id = "0190a000-0000-7000-8000-000000000001"
    private static let content = Array("some content\n".utf8)

    private static func sha256(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    }

    private static func artifact(
        url: String?, size: Int = content.count, sha256: String = sha256(content)
    ) throws -> ArtifactResponse {
        let url = url.map { "\"\($0)\"" } ?? "null"
        return try JSONText.decode(
            ArtifactResponse.self,
            from: """
                {"artifactId":"\(id)","runId":"\(id)","workspaceId":"\(id)",\
                "artifactType":"document","fileName":"a.md","mediaType":"text/markdown",\
                "s3Key":"k","size":\(size),"sha256":"\(sha256)","status":"stored",\
                "createdAt":"2026-01-01T00:00:00.000Z","downloadUrl":\(url),"expiresAt":null}
                """)
    }

    /// Downloads from a server that answers with a status and some bytes.
    private static func download(
        status: Int = 200, serving body: [UInt8] = content, size: Int = content.count,
        sha256: String = sha256(content)
    ) async throws -> [UInt8] {
        try await withLoopbackServer { _, reply in
            try await reply.answer(status, body: body)
        } _: { server in
            let artifact = try artifact(url: server.address + "/x", size: size, sha256: sha256)
            return try await TlaoClient.with(address: server.address, token: "secret") { client in
                var received: [UInt8] = []
                try await client.download(artifact) { received += $0 }
                return received
            }
        }
    }

    @Test func `a download hands on the bytes`() async throws {
        #expect(try await Self.download() == Self.content)
    }

    @Test func `a download of other bytes or another size is refused`() async throws {
        let other = Array("some c0ntent\n".utf8)
        for body in [other, Self.content + [0], Array(Self.content.dropLast()), []] {
            let error = try await requireThrows(TlaoError.self) {
                _ = try await Self.download(serving: body)
            }
            #expect(error.code == .contentMismatch)
        }
    }

    @Test(arguments: [(204, "UNEXPECTED_ANSWER"), (206, "UNEXPECTED_ANSWER"), (403, "FORBIDDEN")])
    func `only a whole answer is a download`(status: Int, code: String) async throws {
        let refusal = #"{"error":"Expired.","code":"FORBIDDEN","correlationId":"c"}"#
        let error = try await requireThrows(TlaoError.self) {
            _ = try await Self.download(
                status: status,
                serving: status == 403 ? Array(refusal.utf8) : status == 204 ? [] : Self.content)
        }
        #expect(error.code.description == code)
        #expect(error.status == status)
    }

    @Test func `an artifact whose upload failed can't be downloaded`() async throws {
        let artifact = try Self.artifact(url: nil)
        let error = try await TlaoClient.with(address: "http://127.0.0.1:1") { client in
            try await requireThrows(TlaoError.self) { try await client.download(artifact) { _ in } }
        }
        #expect(error.code == .contentMismatch)
    }

    @Test func `a token is not sent to a download URL`() async throws {
        let tokens = TestSignal<String?>()
        try await withLoopbackServer { request, reply in
            tokens.send(request.headers["authorization"])
            try await reply.answer(body: Self.content)
        } _: { server in
            let artifact = try Self.artifact(url: server.address + "/signed")
            try await TlaoClient.with(address: server.address, token: "secret") { client in
                try await client.download(artifact) { _ in }
            }
        }
        #expect(tokens.pending == [nil])
    }

    /// Uploads a file, through a server that gives a URL of its own and records what comes.
    private static func upload(
        _ bytes: [UInt8], announcing size: Int? = nil, status: Int = 200,
        headers: String = "{}", to requests: TestSignal<LoopbackRequest>
    ) async throws -> ArchiveResponse {
        try await withTemporaryDirectory { folder in
            let path = folder + "/archive"
            try Data(bytes).write(to: URL(filePath: path))
            return try await withLoopbackServer { request, reply in
                requests.send(request)
                guard request.method == "POST" else { return try await reply.answer(status) }
                let url = "http://\(request.headers["host"] ?? "")/put"
                try await reply.answer(
                    201,
                    json: """
                        {"archiveId":"\(id)","key":"k","uploadUrl":"\(url)",\
                        "uploadHeaders":\(headers)}
                        """)
            } _: { server in
                try await TlaoClient.with(address: server.address, token: "secret") { client in
                    try await client.uploadArchive(
                        path, size: Int64(size ?? bytes.count), sha256: sha256(bytes),
                        to: WorkspaceID(id))
                }
            }
        }
    }

    @Test(arguments: [0, 1, 300_000, 3_000_000])
    func `an upload announces the archive and sends its bytes`(size: Int) async throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let requests = TestSignal<LoopbackRequest>()
        let answer = try await Self.upload(bytes, to: requests)
        #expect(answer.archiveId.text == Self.id)
        let (announcement, transfer) = (requests.pending[0], requests.pending[1])
        #expect(announcement.route == "POST /workspaces/\(Self.id)/archive")
        let announced = try JSONText.decode(AnnounceArchiveRequest.self, from: announcement.body)
        #expect(announced.size == Int64(size))
        #expect(announced.sha256 == Self.sha256(bytes))
        #expect(transfer.route == "PUT /put")
        #expect(transfer.body == bytes)
        #expect(transfer.headers["authorization"] == nil)
        #expect(transfer.headers["content-type"] == "application/gzip")
    }

    @Test func `the headers of the upload URL are sent, and win`() async throws {
        let requests = TestSignal<LoopbackRequest>()
        _ = try await Self.upload(
            [1, 2], headers: #"{"content-type":"x/y","x-amz-checksum":"c"}"#, to: requests)
        #expect(requests.pending[1].headers["content-type"] == "x/y")
        #expect(requests.pending[1].headers["x-amz-checksum"] == "c")
    }

    @Test(arguments: [1, 5])
    func `a file of another size than announced is a local fault`(announced: Int) async throws {
        let requests = TestSignal<LoopbackRequest>()
        let error = try await requireThrows(TlaoError.self) {
            _ = try await Self.upload([1, 2, 3], announcing: announced, to: requests)
        }
        #expect(error.code == .localFile)
    }

    @Test func `a refused upload is thrown without its URL`() async throws {
        let requests = TestSignal<LoopbackRequest>()
        let error = try await requireThrows(TlaoError.self) {
            _ = try await Self.upload([1], status: 403, to: requests)
        }
        #expect(error.status == 403)
        #expect(error.request == "PUT upload URL")
    }
}
