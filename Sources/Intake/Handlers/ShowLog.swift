// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird
import Model
import NIOCore
import Repositories
import Storage

/// `GET /runs/{id}/log`: what is recorded of the output so far, as plain text.
///
/// The stored log once the run has one; until then the timeline's output, joined, a page at a time.
struct ShowLog {
    private static let pageSize = 200

    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let run = try await access.run(context)
        var headers: HTTPFields = [
            .contentType: "text/plain; charset=utf-8", .cacheControl: "no-cache",
        ]
        headers.set("X-Content-Type-Options", "nosniff")
        if let id = run.logArtifactID,
            let log = try await dependencies.runs.artifact(id, in: run.workspaceID),
            log.status == .stored
        {
            return try await ObjectResponse(objects: dependencies.objects)
                .make(log.objectKey, for: request, headers: headers)
        }
        return try await recorded(of: run, for: request, headers: headers)
    }

    /// Two passes, the first for the size, so that ranges mean the same as on the stored log;
    /// between them the output can only have grown, and what is after the size is left out.
    private func recorded(of run: Run, for request: Request, headers: HTTPFields) async throws
        -> Response
    {
        var headers = headers
        headers[.acceptRanges] = "bytes"
        let size = try await size(of: run.id)
        switch ByteRange.requested(by: request.headers[.range], of: size) {
        case .everything:
            return Response(status: .ok, headers: headers, body: body(of: run.id, 0..<size))
        case .part(let range):
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
            return Response(
                status: .partialContent, headers: headers, body: body(of: run.id, range))
        case .unsatisfiable:
            headers[.contentRange] = "bytes */\(size)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        }
    }

    private func size(of run: RunID) async throws -> Int64 {
        var size: Int64 = 0
        try await forEachOutput(of: run) { output in
            size += Int64(output.utf8.count)
            return true
        }
        return size
    }

    private func body(of run: RunID, _ range: Range<Int64>) -> ResponseBody {
        guard !range.isEmpty else { return ResponseBody() }
        return ResponseBody(contentLength: Int(range.count)) { writer in
            var position: Int64 = 0
            try await forEachOutput(of: run) { output in
                let bytes = Array(output.utf8)
                let here = position..<(position + Int64(bytes.count))
                position = here.upperBound
                let wanted = here.clamped(to: range)
                if !wanted.isEmpty {
                    let slice = bytes[
                        Int(
                            wanted.lowerBound - here.lowerBound)..<Int(
                                wanted.upperBound - here.lowerBound)]
                    try await writer.write(ByteBuffer(bytes: slice))
                }
                return position < range.upperBound
            }
            try await writer.finish(nil)
        }
    }

    /// Walks over the output in order until `body` has enough.
    private func forEachOutput(of run: RunID, _ body: (String) async throws -> Bool) async throws {
        var after: Int64 = 0
        while true {
            let steps = try await dependencies.runs.steps(
                of: run, after: after, limit: Self.pageSize)
            for step in steps where step.event.type == .log {
                guard try await body(step.event.message) else { return }
            }
            guard steps.count == Self.pageSize, let last = steps.last else { return }
            after = last.event.sequenceNumber
        }
    }
}
