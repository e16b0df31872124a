// SPDX-License-Identifier: Apache-2.0

import API
import FolderStorage
import HTTPTypes
import HummingbirdTesting
import Model
import Storage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ObjectURLTests {
    @Test(arguments: [
        "/objects/", "/objects", "/objects/../credentials.json", "/objects/..%2F..%2Fetc%2Fpasswd",
        "/objects/%2e%2e/x", "/objects/a//b", "//objects/a/b", "/objects/a/%00",
        "/objects/a/b?expires=1&signature=0", "/objects/a/b?expires=99999999999&signature=",
        "/objects/a/b?expires=9999999999999999999999&filename=a&signature=00",
    ])
    func `a path that nobody signed is refused`(_ path: String) async throws {
        try await withIntake { _, client in
            for method in [HTTPRequest.Method.get, .put] {
                let response = try await client.call(method, path, as: nil, body: [1])
                #expect([403, 404].contains(response.status.code), "\(path)")
                #expect(response.header(CorrelationID.header)?.isEmpty == false)
            }
        }
    }

    @Test func `a URL is for its own object, method and query alone`() async throws {
        try await withIntake { scene, client in
            let (key, other) = ("workspaces/w/a", "workspaces/w/b")
            for key in [key, other] {
                _ = try await scene.objects.put(
                    key, body: ObjectBody(bytes: [1, 2, 3]), expectation: .anything)
            }
            let path = try await path(of: key, scene)
            let query = path.split(separator: "?")[1]
            #expect(try await client.call(.get, path, as: nil).status == .ok)
            for wrong in ["/objects/\(other)?\(query)", "/objects/\(key)", path + "&x=1"] {
                try await client.call(.get, wrong, as: nil).expectError(.forbidden)
            }
            try await client.call(.put, path, as: nil, body: [9]).expectError(.forbidden)
            #expect(try await scene.objects.bytes(key) == [1, 2, 3])
        }
    }

    @Test func `a signed URL of an object that is gone is 404`() async throws {
        try await withIntake { scene, client in
            let path = try await path(of: "workspaces/w/gone", scene)
            try await client.call(.get, path, as: nil).expectError(.notFound)
        }
    }

    @Test func `a part of an object can be asked for`() async throws {
        try await withIntake { scene, client in
            let bytes = (0..<200_000).map { UInt8($0 % 251) }
            _ = try await scene.objects.put(
                "workspaces/w/a", body: ObjectBody(bytes: bytes), expectation: .anything)
            let path = try await path(of: "workspaces/w/a", scene)
            let part = try await client.call(
                .get, path, as: nil, headers: [.range: "bytes=100000-150000"])
            #expect(part.status == .partialContent)
            #expect(part.bytes == Array(bytes[100_000...150_000]))
            let whole = try await client.call(.get, path, as: nil)
            #expect(whole.bytes == bytes)
            let past = try await client.call(
                .get, path, as: nil, headers: [.range: "bytes=200000-"])
            #expect(past.status == .rangeNotSatisfiable)
            #expect(past.header("Content-Range") == "bytes */200000")
        }
    }

    @Test func `an empty object can be downloaded`() async throws {
        try await withIntake { scene, client in
            _ = try await scene.objects.put(
                "workspaces/w/a", body: ObjectBody(bytes: []), expectation: .anything)
            let path = try await path(of: "workspaces/w/a", scene)
            let response = try await client.call(.get, path, as: nil)
            #expect(response.status == .ok)
            #expect(response.bytes.isEmpty)
        }
    }

    @Test func `an upload URL expires`() async throws {
        try await withIntake { scene, client in
            let url = try await scene.objects.uploadURL(
                "workspaces/w/a", size: 3, sha256: IntakeScene.sha256([1, 2, 3]), validFor: 60)
            let path = String(url.url.dropFirst(IntakeScene.publicURL.count))
            scene.time.advance(by: .seconds(60))
            try await client.call(.put, path, as: nil, body: [1, 2, 3]).expectError(.forbidden)
            #expect(try await scene.objects.head("workspaces/w/a") == nil)
        }
    }

    private func path(of key: String, _ scene: IntakeScene) async throws -> String {
        let url = try await scene.objects.downloadURL(key, fileName: "a", validFor: 60)
        return String(url.url.dropFirst(IntakeScene.publicURL.count))
    }
}
