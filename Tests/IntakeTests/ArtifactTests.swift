// SPDX-License-Identifier: Apache-2.0

import API
import Access
import HTTPTypes
import HummingbirdTesting
import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct ArtifactTests {
    /// An artifact to store, and where to spoil its URL.
    private struct Sample: Sendable {
        let fileName: String
        let bytes: [UInt8]
        let place: Int
        let replacement: String
    }

    private static let sample = Generator<Sample> { choices in
        Sample(
            fileName: try choices.draw(.relativePath),
            bytes: try choices.draw(.bytes(count: 0...600)),
            place: try choices.draw(.integer(in: 0...10_000)),
            replacement: try choices.draw(.string(of: "0123456789abcdefXYZ._-", count: 1...1)))
    }

    @Test
    func
        `Property 10: a stored artifact's URL downloads its bytes, until it expires or is altered`()
        async throws
    {
        try await withIntake { scene, client in
            let run = try await client.makeRun().runId
            try await scene.claim(run)
            await checkProperty("Property 10", Self.sample) { sample in
                let stored = try await scene.store(sample.bytes, as: sample.fileName, of: run)
                let shown: ArtifactResponse = try await client.value(
                    .get, "/artifacts/\(stored.id)")
                try requireEqual(
                    ArtifactResponse(
                        stored, downloadUrl: shown.downloadUrl,
                        expiresAt: shown.expiresAt), shown, "The metadata differ.")
                let url = try requireValue(shown.downloadUrl, "There is no URL.")
                let path = String(url.dropFirst(IntakeScene.publicURL.count))
                try await requireDownload(path, sample.bytes, client)
                let altered = Self.alter(path, sample)
                if altered != path {
                    let refused = try await client.call(.get, altered, as: nil)
                    try requireEqual(refused.status, .forbidden, "Altered: \(altered).")
                }
                scene.time.advance(by: .seconds(15 * 60))
                let expired = try await client.call(.get, path, as: nil)
                try requireEqual(expired.status, .forbidden, "Expired.")
            }
        }
    }

    private func requireDownload(_ path: String, _ bytes: [UInt8], _ client: IntakeClient)
        async throws
    {
        let response = try await client.call(.get, path, as: nil)
        try requireEqual(response.status, .ok)
        try requireEqual(IntakeScene.sha256(response.bytes), IntakeScene.sha256(bytes))
        try require(response.header("Content-Disposition")?.hasPrefix("attachment;") == true)
        try requireEqual(response.header("X-Content-Type-Options"), "nosniff")
        try require(response.header("Content-Security-Policy")?.contains("sandbox") == true)
        try requireEqual(response.header("Content-Type"), "application/octet-stream")
    }

    /// The path of a signed URL with one character of key or query replaced.
    private static func alter(_ path: String, _ sample: Sample) -> String {
        var characters = Array(path)
        let start = "/objects/workspaces/".count
        characters[start + sample.place % (characters.count - start)] = Character(
            sample.replacement)
        return String(characters)
    }

    @Test func `a run's and a workspace's artifacts are listed, newest first, without URLs`()
        async throws
    {
        try await withIntake { scene, client in
            var stored: [ArtifactID] = []
            var runs: [RunID] = []
            for _ in 0..<2 {
                let run = try await client.makeRun().runId
                try await scene.claim(run)
                runs.append(run)
                for number in 0..<3 {
                    stored.append(try await scene.store([1], as: "\(number).md", of: run).id)
                }
            }
            let all = try await client.pages(ArtifactResponse.self, "/artifacts?limit=4")
            #expect(all.flatMap { $0.map(\.artifactId) } == stored.reversed())
            #expect(all.flatMap { $0 }.allSatisfy { $0.downloadUrl == nil })
            let ofRun = try await client.pages(
                ArtifactResponse.self, "/runs/\(runs[0])/artifacts?limit=2")
            #expect(ofRun.map(\.count) == [2, 1])
            #expect(ofRun.flatMap { $0.map(\.artifactId) } == stored.prefix(3).reversed())
        }
    }

    @Test func `an artifact whose upload failed has no URL`() async throws {
        try await withIntake { scene, client in
            let run = try await client.makeRun().runId
            try await scene.claim(run)
            let artifact = try await scene.store([1], as: "a.md", status: .uploadFailed, of: run)
            let shown: ArtifactResponse = try await client.value(.get, "/artifacts/\(artifact.id)")
            #expect(shown.status == .uploadFailed)
            #expect(shown.downloadUrl == nil)
        }
    }

    @Test func `a file name of any characters is a safe header`() async throws {
        try await withIntake { scene, client in
            let run = try await client.makeRun().runId
            try await scene.claim(run)
            let name = "dir/a \"b\"; ü\r\nX: y.md"
            let artifact = try await scene.store([1], as: name, of: run)
            let shown: ArtifactResponse = try await client.value(.get, "/artifacts/\(artifact.id)")
            let url = try #require(shown.downloadUrl)
            let response = try await client.call(
                .get, String(url.dropFirst(IntakeScene.publicURL.count)), as: nil)
            #expect(
                response.header("Content-Disposition")
                    == "attachment; filename=\"a__b______X__y.md\"; "
                    + "filename*=UTF-8''a%20%22b%22%3B%20%C3%BC%0D%0AX%3A%20y.md")
        }
    }
}
