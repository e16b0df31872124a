// SPDX-License-Identifier: Apache-2.0

import API
import Access
import FolderStorage
import HTTPTypes
import HummingbirdTesting
import Model
import PropertyTesting
import Seams
import Storage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct ArchiveTests {
    private static let limit = 4_096

    private var setting: IntakeScene.Setting {
        IntakeScene.Setting(
            guardrails: Guardrails(
                maxArchiveBytes: Int64(Self.limit), dailyRunQuota: 100_000))
    }

    private static let sizes = Generator<Int>.oneOf(
        .integer(in: 1...(2 * limit)), .integer(in: (limit - 2)...(limit + 2)))

    @Test
    func `Property 13: an archive that is sent is refused with 413 exactly when over the limit`()
        async throws
    {
        try await withIntake(setting) { scene, client in
            await checkProperty("Property 13, sent", Self.sizes) { size in
                let bytes = [UInt8](repeating: 7, count: size)
                let response = try await client.send(bytes)
                if size > Self.limit {
                    try requireTooLarge(response)
                } else {
                    let archive: ArchiveResponse = try response.value(status: .created)
                    try requireEqual(try await scene.objects.bytes(archive.key), bytes)
                    try requireEqual(
                        archive.key,
                        "workspaces/\(scene.workspace.id)/archives/\(archive.archiveId).tar.gz")
                    try require(archive.uploadUrl == nil)
                }
            }
        }
    }

    @Test
    func
        `Property 13: an archive that is announced is refused with 413 exactly when over the limit`()
        async throws
    {
        try await withIntake(setting) { scene, client in
            await checkProperty("Property 13, announced", Self.sizes) { size in
                let bytes = [UInt8](repeating: 7, count: size)
                let response = try await client.announce(bytes)
                if size > Self.limit {
                    try requireTooLarge(response)
                } else {
                    let archive: ArchiveResponse = try response.value(status: .created)
                    let uploaded = try await client.upload(bytes, to: archive)
                    try requireEqual(uploaded.status, .ok)
                    try requireEqual(try await scene.objects.bytes(archive.key), bytes)
                }
            }
        }
    }

    @Test func `a body in chunks, of no announced length, is measured as it comes`() async throws {
        for size in [Self.limit, Self.limit + 1, 40 * Self.limit] {
            let response = try await chunked(size)
            if size > Self.limit {
                #expect(response.status == 413)
                #expect(response.body.contains("\"maxBytes\":\(Self.limit)"))
                #expect(response.body.contains("ARCHIVE_TOO_LARGE"))
            } else {
                #expect(response.status == 201)
            }
        }
    }

    @Test func `the default limit accepts 31457280 bytes and not one more`() async throws {
        try await withIntake { scene, client in
            for (size, status) in [(31_457_280, 201), (31_457_281, 413)] {
                let response = try await client.call(
                    .post, "/workspaces/\(scene.workspace.id)/archive", as: scene.owner,
                    json: AnnounceArchiveRequest(
                        size: Int64(size), sha256: String(repeating: "a", count: 64)))
                #expect(response.status.code == status)
            }
        }
    }

    @Test func `a run waits for its archive's upload with 409`() async throws {
        try await withIntake(setting) { scene, client in
            let task = try await client.makeTask()
            let archive: ArchiveResponse = try await client.announce([1, 2, 3]).value(
                status: .created)
            let request = CreateRunRequest(taskId: task.taskId, archiveId: archive.archiveId)
            let early = try await client.call(.post, "/runs", as: scene.owner, json: request)
            try early.expectError(.conflict)
            #expect(try await client.upload([1, 2, 3], to: archive).status == .ok)
            let run: RunResponse = try await client.value(
                .post, "/runs", json: request, status: .created)
            #expect(run.archiveId == archive.archiveId)
            let unknown = try await client.call(
                .post, "/runs", as: scene.owner,
                json: CreateRunRequest(taskId: task.taskId, archiveId: scene.identifiers.next()))
            try unknown.expectError(.notFound)
        }
    }

    @Test func `an upload of anything but what was announced is refused and not stored`()
        async throws
    {
        try await withIntake(setting) { scene, client in
            for wrong: [UInt8] in [[1, 2, 4], [1, 2], [1, 2, 3, 4], []] {
                let archive: ArchiveResponse = try await client.announce([1, 2, 3]).value(
                    status: .created)
                try await client.upload(wrong, to: archive).expectError(.validationFailed)
                #expect(try await scene.objects.head(archive.key) == nil)
            }
        }
    }

    @Test(arguments: [
        (#"{}"#, ["size", "sha256"]), (#"{"size":0,"sha256":"x"}"#, ["size", "sha256"]),
        (#"{"size":"9","sha256":null}"#, ["size", "sha256"]),
        ("{\"size\":-1,\"sha256\":\"\(String(repeating: "A", count: 64))\"}", ["size", "sha256"]),
        ("{\"size\":1.5,\"sha256\":\"\(String(repeating: "a", count: 64))\"}", ["size"]),
    ])
    func `an announcement that can't be one is refused, all of it named`(
        _ body: String, _ fields: [String]
    ) async throws {
        try await withIntake { scene, client in
            let response = try await client.call(
                .post, "/workspaces/\(scene.workspace.id)/archive", as: scene.owner,
                body: Array(body.utf8), headers: [.contentType: "application/json; charset=utf-8"])
            let error = try response.expectError(.validationFailed)
            #expect(error.details.map { Set($0.map(\.field)) } == Set(fields))
        }
    }

    @Test(arguments: ["text/plain", "application/zip", ""])
    func `a body of another kind is refused`(_ mediaType: String) async throws {
        try await withIntake { scene, client in
            let response = try await client.call(
                .post, "/workspaces/\(scene.workspace.id)/archive", as: scene.owner, body: [1],
                headers: [.contentType: mediaType])
            let error = try response.expectError(.validationFailed)
            #expect(error.details?.map(\.field) == ["Content-Type"])
        }
    }

    @Test func `a stored archive has a location`() async throws {
        try await withIntake { scene, client in
            let response = try await client.send([1, 2, 3])
            let archive: ArchiveResponse = try response.value(status: .created)
            #expect(response.header("Location")?.hasSuffix(archive.archiveId.text) == true)
        }
    }

    private func requireTooLarge(_ response: TestResponse) throws {
        let error: ErrorResponse = try response.value(status: .contentTooLarge)
        try requireEqual(error.code, ErrorCode.archiveTooLarge.rawValue)
        try requireEqual(error.maxBytes, Int64(Self.limit))
    }

    private func chunked(_ size: Int) async throws -> RawResponse {
        try await withRawIntake(setting) { scene, port in
            try await withConnection(port: port) { connection in
                let token = try await scene.tokens.issue(for: scene.owner).token
                try await connection.send(
                    """
                    POST /workspaces/\(scene.workspace.id)/archive HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer \(token)\r
                    Content-Type: application/gzip\r
                    Transfer-Encoding: chunked\r
                    \r

                    """)
                let chunk = String(repeating: "x", count: 1_000)
                let rest = size % 1_000
                connection.sendWithoutWaiting(
                    String(repeating: "3e8\r\n\(chunk)\r\n", count: size / 1_000)
                        + "\(String(rest, radix: 16))\r\n\(chunk.prefix(rest))\r\n0\r\n\r\n")
                return try await connection.receive("the answer") { $0.isComplete }
            }
        }
    }
}

extension IntakeClient {
    /// Sends an archive at once.
    fileprivate func send(_ bytes: [UInt8]) async throws -> TestResponse {
        try await call(
            .post, "/workspaces/\(scene.workspace.id)/archive", as: scene.owner, body: bytes,
            headers: [.contentType: "application/gzip"])
    }

    /// Announces an archive.
    fileprivate func announce(_ bytes: [UInt8]) async throws -> TestResponse {
        try await call(
            .post, "/workspaces/\(scene.workspace.id)/archive", as: scene.owner,
            json: AnnounceArchiveRequest(
                size: Int64(bytes.count), sha256: IntakeScene.sha256(bytes)))
    }

    /// Uploads an archive to where it was told to.
    fileprivate func upload(_ bytes: [UInt8], to archive: ArchiveResponse) async throws
        -> TestResponse
    {
        let url = try requireValue(archive.uploadUrl, "There is no upload URL.")
        return try await call(
            .put, String(url.dropFirst(IntakeScene.publicURL.count)), as: nil, body: bytes)
    }
}
