// SPDX-License-Identifier: Apache-2.0

import LoopbackServer
import Synchronization

/// The API's side of one `tlao run`.
struct RunScript: Sendable {
    /// An event of the timeline: its kind, its message and its further members.
    typealias Event = (type: String, message: String, data: String)

    var events: [Event] = [
        ("status_change", "Queued.", #"{"phase":"queued","status":"queued"}"#),
        ("log", "agent says hello\n", #"{"stream":"stdout"}"#),
        ("log", "agent warns\n", #"{"stream":"stderr"}"#),
        ("status_change", "Ended.", #"{"phase":"ended","status":"completed"}"#),
    ]
    var end = Documents.run("completed")
    var workspace = Documents.workspace()
    var artifacts = Documents.page()
    /// Called after the events were sent, before the stream ends.
    var beforeEnd: @Sendable () async throws -> Void = {}

    /// The data line of an event.
    static func data(_ sequence: Int, _ event: Event) -> String {
        let message = event.message.replacing("\n", with: "\\n")
        return """
            {"data":\(event.data),"message":"\(message)","runId":"\(FakeAPI.run)",\
            "sequenceNumber":\(sequence),"timestamp":"2026-01-01T00:00:00.000Z",\
            "type":"\(event.type)"}
            """
    }

    var lines: [String] { events.enumerated().map { Self.data($0 + 1, $1) } }

    var routes: [String: FakeAPI.Answer] {
        let script = self
        let base = "/workspaces/\(FakeAPI.workspace)"
        return [
            "GET /workspaces": { _, reply in
                try await reply.answer(json: Documents.page(script.workspace))
            },
            "GET \(base)": { _, reply in try await reply.answer(json: script.workspace) },
            "POST \(base)/archive": { request, reply in
                try await reply.answer(
                    201,
                    json: """
                        {"archiveId":"\(FakeAPI.artifact)","key":"k","uploadUrl":\
                        "http://\(request.headers["host"] ?? "")/upload"}
                        """)
            },
            "PUT /upload": { _, reply in try await reply.answer(200) },
            "POST /tasks": { request, reply in
                let body = String(decoding: request.body, as: UTF8.self)
                try await reply.answer(201, json: script.task(from: body))
            },
            "POST /runs": { _, reply in
                try await reply.answer(201, json: Documents.run("queued"))
            },
            "GET /runs/\(FakeAPI.run)": { _, reply in try await reply.answer(json: script.end) },
            "GET /runs/\(FakeAPI.run)/artifacts": { _, reply in
                try await reply.answer(json: script.artifacts)
            },
            "GET /runs/\(FakeAPI.run)/stream": { request, reply in
                try await script.stream(request, reply)
            },
        ]
    }

    private func task(from body: String) -> String {
        // The body is {"taskSpec":…,"workspaceId":…}; the answer repeats the specification.
        let spec = body.firstRange(of: "\"taskSpec\":").map { body[$0.upperBound...] } ?? ""
        let end = spec.firstRange(of: ",\"workspaceId\"")?.lowerBound ?? spec.endIndex
        return """
            {"taskId":"\(FakeAPI.task)","workspaceId":"\(FakeAPI.workspace)","status":"pending",\
            "createdAt":"2026-01-01T00:00:00.000Z","taskSpec":\(spec[..<end])}
            """
    }

    private func stream(_ request: LoopbackRequest, _ reply: LoopbackReply) async throws {
        let cursor = request.headers["last-event-id"].flatMap(Int.init) ?? 0
        try await reply.head(headers: [("Content-Type", "text/event-stream")])
        for (index, line) in lines.enumerated() where index >= cursor {
            try await reply.send("event: \(events[index].type)\ndata: \(line)\n\n")
        }
        try await beforeEnd()
    }
}
