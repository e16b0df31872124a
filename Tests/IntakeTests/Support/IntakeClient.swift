// SPDX-License-Identifier: Apache-2.0

import API
import Access
import Foundation
import HTTPTypes
import HummingbirdTesting
import Model
import NIOCore
import PropertyTesting
import Testing

/// Asks Intake, as whoever is named.
struct IntakeClient: Sendable {
    let client: any TestClientProtocol
    let scene: IntakeScene

    /// Makes a request with a fresh token of `user`; nil sends none.
    func call(
        _ method: HTTPRequest.Method, _ path: String, as user: User?, body: [UInt8]? = nil,
        headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var headers = headers
        if let user, headers[.authorization] == nil {
            headers[.authorization] = "Bearer \(try await scene.tokens.issue(for: user).token)"
        }
        return try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) })
    }

    /// Makes a request with a body in JSON.
    func call(
        _ method: HTTPRequest.Method, _ path: String, as user: User?, json: some Encodable
    ) async throws -> TestResponse {
        try await call(
            method, path, as: user, body: try JSONText.bytes(json),
            headers: [.contentType: "application/json"])
    }

    /// Makes a request as the owner and reads the answer, which must have the status.
    func value<Value: Decodable>(
        _ method: HTTPRequest.Method, _ path: String, as user: User? = nil,
        status: HTTPResponse.Status = .ok, line: Int = #line
    ) async throws -> Value {
        let response = try await call(method, path, as: user ?? scene.owner)
        return try response.value(status: status, line: line)
    }

    /// Makes a request with a body in JSON as the owner and reads the answer.
    func value<Value: Decodable>(
        _ method: HTTPRequest.Method, _ path: String, as user: User? = nil, json: some Encodable,
        status: HTTPResponse.Status = .ok, line: Int = #line
    ) async throws -> Value {
        let response = try await call(method, path, as: user ?? scene.owner, json: json)
        return try response.value(status: status, line: line)
    }

    /// Creates a task in the owner's workspace, or the one given.
    func makeTask(
        _ taskSpec: TaskSpec = TaskSpec(taskType: .codeChange, input: .init(prompt: "Do it.")),
        in workspace: WorkspaceID? = nil
    ) async throws -> TaskResponse {
        try await value(
            .post, "/tasks",
            json: CreateTaskRequest(
                workspaceId: workspace ?? scene.workspace.id, taskSpec: taskSpec),
            status: .created)
    }

    /// Creates a run of a new task, or the one given.
    func makeRun(of task: TaskID? = nil, priority: Int? = nil) async throws -> RunResponse {
        let taskID: TaskID
        if let task { taskID = task } else { taskID = try await makeTask().taskId }
        return try await value(
            .post, "/runs", json: CreateRunRequest(taskId: taskID, priority: priority),
            status: .created)
    }
}

extension TestResponse {
    /// The body's bytes.
    var bytes: [UInt8] { Array(body.readableBytesView) }

    /// The body as text.
    var text: String { String(buffer: body) }

    /// The value of a header by name.
    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }

    /// Reads the body, if the answer has the status.
    func value<Value: Decodable>(status: HTTPResponse.Status = .ok, line: Int = #line) throws
        -> Value
    {
        try requireEqual(self.status, status, "The answer is \(text).", line: line)
        return try JSONText.decode(Value.self, from: bytes)
    }

    /// Reads the error in the body, and expects the status that its code stands for and one
    /// correlation id in header and body.
    @discardableResult
    func expectError(
        _ code: ErrorCode, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> ErrorResponse {
        #expect(status.code == code.status, "\(text)", sourceLocation: sourceLocation)
        let error = try JSONText.decode(ErrorResponse.self, from: bytes)
        #expect(error.code == code.rawValue, sourceLocation: sourceLocation)
        #expect(!error.error.isEmpty, sourceLocation: sourceLocation)
        #expect(!error.correlationId.isEmpty, sourceLocation: sourceLocation)
        #expect(
            header(CorrelationID.header) == error.correlationId, sourceLocation: sourceLocation)
        #expect(
            header("Content-Type") == "application/json; charset=utf-8",
            sourceLocation: sourceLocation)
        return error
    }
}
