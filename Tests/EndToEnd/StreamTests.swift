// SPDX-License-Identifier: Apache-2.0

import API
import Foundation
import Model
import PropertyTesting
import TestSupport
import Testing
import TlaoSDK

@Suite(.timeLimit(.minutes(3)))
struct StreamTests {
    @Test
    func `a stream cut at random places and resumed has every event once, in order`() async throws {
        var random = try TestSeed.generator(of: "StreamTests")
        try await withUp { up in
            let agent = try await talkingAgent(up)
            let run = try await up.user.startRun("Anything", on: agent.name).runId
            var frames: [StreamText.Frame] = []
            var cuts = 0
            while frames.last.map(isTerminal) != true {
                // From the middle of the first event to the middle of the fourth or so.
                let cut = Int.random(in: 40...1_200, using: &random)
                frames += try await up.curl(run, after: frames.last?.id, cut: cut)
                cuts += 1
                try #require(cuts < 1_000)
            }
            #expect(cuts > 5)
            try expectTimeline(frames, equals: try await up.user.recordedSteps(run))

            let whole = try await up.curl(run, after: nil, cut: nil)
            #expect(whole == frames)
            let middle = frames.count / 2
            let rest = try await up.curl(run, after: frames[middle - 1].id, cut: nil)
            #expect(rest == Array(frames[middle...]))
        }
    }

    @Test
    func `a stream says what it is, and nothing more after the end`() async throws {
        try await withUp { up in
            let agent = try await ShellAgent.quick(by: up.user, in: up.installation.folder)
            let run = try await up.user.startRun("Anything", on: agent.name).runId
            let last = try await up.user.ended(run).lastSequence

            let headers = try await up.curlHeaders(run, after: nil)
            #expect(headers.first?.contains("200") == true)
            for expected in [
                "content-type: text/event-stream", "cache-control: no-cache, no-transform",
                "x-accel-buffering: no",
            ] {
                #expect(headers.contains { $0.lowercased().hasPrefix(expected) }, "\(headers)")
            }
            for cursor in [last, last + 1] {
                let answer = try await up.curlHeaders(run, after: String(cursor))
                #expect(answer.first?.contains("204") == true, "\(answer)")
            }
        }
    }

    // MARK: What is expected

    private func expectTimeline(
        _ frames: [StreamText.Frame], equals steps: [JSONValue]
    ) throws {
        #expect(frames.map(\.id) == (1...frames.count).map(String.init))
        #expect(frames.count == steps.count)
        for (frame, step) in zip(frames, steps) {
            #expect(frame.event == step["type"]?.text)
            let data = try JSONText.decode(JSONValue.self, from: frame.data)
            #expect(data == step)
            #expect(data["sequenceNumber"]?.whole == Int64(frame.id))
        }
        let output = steps.filter { $0["type"] == "log" }.compactMap { $0["message"]?.text }
        #expect(output.joined() == (1...20).map { "Line \($0): größer\n" }.joined())
    }

    private func isTerminal(_ frame: StreamText.Frame) -> Bool {
        frame.data.contains(#""phase":"ended""#)
    }

    /// Writes slower than output is gathered into one event, so that there are many.
    private func talkingAgent(_ up: Up) async throws -> ShellAgent {
        let agent = try ShellAgent(
            "talking", in: up.installation.folder,
            script: """
                line=0
                while [ "$line" -lt 20 ]; do
                    line=$((line + 1))
                    echo "Line $line: größer"
                    sleep 0.15
                done
                """)
        try await agent.register(by: up.user)
        return agent
    }
}

extension Up {
    /// Reads a run's stream with curl, and cuts the connection after so many bytes; nil reads on to
    /// where the server closes it.
    fileprivate func curl(
        _ run: RunID, after cursor: String?, cut: Int?
    ) async throws -> [StreamText.Frame] {
        try await ChildProcess.with(
            "/usr/bin/env", ["curl", "-N", "-sS"] + arguments(run, after: cursor),
            environment: ["PATH": Command.path], folder: installation.folder
        ) { curl in
            try await eventually("\(cut ?? 0) bytes of the stream, or its end") {
                curl.outputBytes.count >= cut ?? .max || !curl.isRunning
            }
            if curl.isRunning { try curl.killNow() }
            #expect(curl.errorOutput == "")
            return try StreamText(curl.outputBytes.prefix(cut ?? .max)).frames
        }.value
    }

    /// The status line and the headers of a stream, which is read to its end.
    fileprivate func curlHeaders(_ run: RunID, after cursor: String?) async throws -> [String] {
        try await Command.output(
            "curl", ["-sS", "-D", "-", "-o", "/dev/null"] + arguments(run, after: cursor)
        ).split(separator: "\r\n").map(String.init)
    }

    private func arguments(_ run: RunID, after cursor: String?) -> [String] {
        let resumption = cursor.map { ["-H", "Last-Event-ID: \($0)"] } ?? []
        return resumption + [
            "-H", "Authorization: Bearer \(user.token)", "\(file.api)/runs/\(run)/stream",
        ]
    }
}
