// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import HummingbirdTesting
import Model
import PropertyTesting
import Repositories
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct RunLogTests {
    private static let lines = (1...250).map { "line \($0) äöü \u{1F600}\n" }

    @Test func `the log of a run that goes on is what it wrote so far`() async throws {
        try await withIntake { scene, client in
            let run = try await running(scene, client)
            let before = try await client.call(.get, "/runs/\(run)/log", as: scene.owner)
            #expect(before.status == .ok)
            #expect(before.text.isEmpty)
            for line in Self.lines { try await scene.log(line, of: run) }
            let response = try await client.call(.get, "/runs/\(run)/log", as: scene.owner)
            #expect(response.text == Self.lines.joined())
            #expect(response.header("Content-Type") == "text/plain; charset=utf-8")
            #expect(response.header("X-Content-Type-Options") == "nosniff")
        }
    }

    @Test func `the log of a run that ended is the stored one`() async throws {
        try await withIntake { scene, client in
            let run = try await ended(scene, client, log: "the stored log\n")
            let response = try await client.call(.get, "/runs/\(run)/log", as: scene.owner)
            #expect(response.text == "the stored log\n")
            #expect(response.header("X-Content-Type-Options") == "nosniff")
            let shown: RunResponse = try await client.value(.get, "/runs/\(run)")
            #expect(shown.status == .completed)
            let url = try #require(shown.logUrl)
            let download = try await client.call(
                .get, String(url.dropFirst(IntakeScene.publicURL.count)), as: nil)
            #expect(download.text == "the stored log\n")
        }
    }

    @Test func `a part of the log is the same before and after the run's end`() async throws {
        try await withIntake { scene, client in
            let log = Self.lines.joined()
            let bytes = Array(log.utf8)
            let live = try await running(scene, client)
            for line in Self.lines { try await scene.log(line, of: live) }
            let stored = try await ended(scene, client, log: log)
            let bounds = zip(
                Generator<Int>.integer(in: 0...(bytes.count + 10)),
                Generator<Int>.integer(in: 0...(bytes.count + 10)))
            await checkProperty("Ranges of a log", bounds) { one, other in
                let (first, last) = (min(one, other), max(one, other))
                for run in [live, stored] {
                    let response = try await client.call(
                        .get, "/runs/\(run)/log", as: scene.owner,
                        headers: [.range: "bytes=\(first)-\(last)"])
                    if first >= bytes.count {
                        try requireEqual(response.status, .rangeNotSatisfiable)
                        try requireEqual(
                            response.header("Content-Range"), "bytes */\(bytes.count)")
                    } else {
                        let end = min(last, bytes.count - 1)
                        try requireEqual(response.status, .partialContent)
                        try requireEqual(response.bytes, Array(bytes[first...end]))
                        try requireEqual(
                            response.header("Content-Range"),
                            "bytes \(first)-\(end)/\(bytes.count)")
                    }
                }
            }
        }
    }

    @Test(arguments: [
        ("bytes=0-3", "0123", 206), ("bytes=4-", "456789", 206), ("bytes=-3", "789", 206),
        ("bytes=-99", "0123456789", 206), ("BYTES=1-1", "1", 206),
        ("bytes=8-9223372036854775807", "89", 206),
        ("bytes=8-99999999999999999999", "89", 206), ("bytes=10-", "", 416), ("bytes=-0", "", 416),
        ("bytes=3-1", "0123456789", 200), ("bytes=0-1,3-4", "0123456789", 200),
        ("lines=0-1", "0123456789", 200), ("bytes=x-1", "0123456789", 200),
        ("bytes=+1-3", "0123456789", 200), ("bytes=", "0123456789", 200),
        ("bytes=-", "0123456789", 200), ("bytes=20-x", "0123456789", 200),
    ])
    func `a range header is understood as RFC 9110 has it`(
        _ range: String, _ text: String, _ status: Int
    ) async throws {
        try await withIntake { scene, client in
            let run = try await ended(scene, client, log: "0123456789")
            let response = try await client.call(
                .get, "/runs/\(run)/log", as: scene.owner, headers: [.range: range])
            #expect(response.status.code == status)
            #expect(response.text == text)
            #expect(response.header("Accept-Ranges") == "bytes")
        }
    }

    @Test func `the timeline is a list in order, asked on from a sequence number`() async throws {
        try await withIntake { scene, client in
            let run = try await running(scene, client)
            for number in 4...10 { try await scene.log("line \(number)\n", of: run) }
            let first: StepsResponse = try await client.value(.get, "/runs/\(run)/steps?limit=4")
            #expect(first.items.map(\.sequenceNumber) == [1, 2, 3, 4])
            #expect(first.nextCursor == "4")
            let second: StepsResponse = try await client.value(
                .get, "/runs/\(run)/steps?limit=6&after=4")
            #expect(second.items.map(\.sequenceNumber) == Array(5...10))
            #expect(second.nextCursor == nil)
            let none: StepsResponse = try await client.value(.get, "/runs/\(run)/steps?after=10")
            #expect(none.items.isEmpty)
            for wrong in ["x", "-1", "1.5"] {
                let response = try await client.call(
                    .get, "/runs/\(run)/steps?after=\(wrong)", as: scene.owner)
                let error = try response.expectError(.validationFailed)
                #expect(error.details?.map(\.field) == ["after"])
            }
        }
    }

    @Test func `a run shows the end of its output`() async throws {
        try await withIntake { scene, client in
            let run = try await running(scene, client)
            try await scene.runs.keepLogTail("the end\n", of: run)
            let shown: RunResponse = try await client.value(.get, "/runs/\(run)")
            #expect(shown.logs == "the end\n")
            #expect(shown.status == .running)
            #expect(shown.logUrl == nil)
        }
    }

    private func running(_ scene: IntakeScene, _ client: IntakeClient) async throws -> RunID {
        let run = try await client.makeRun().runId
        try await scene.claim(run)
        return run
    }

    private func ended(_ scene: IntakeScene, _ client: IntakeClient, log: String) async throws
        -> RunID
    {
        let run = try await running(scene, client)
        let artifact = try await scene.store(
            Array(log.utf8), as: "run.log", type: .log, of: run)
        try await scene.complete(run, log: artifact.id)
        return run
    }
}
