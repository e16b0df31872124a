// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird
import Model
import Repositories
import Seams
import Storage

/// `POST /tasks`: a task from a task specification.
struct CreateTask {
    let dependencies: IntakeDependencies
    let access: ResourceAccess

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        var document = try await RequestDocument(of: request)
        let named: WorkspaceID? = document.optionalIdentifier("workspaceId")
        let given = document.value["taskSpec"] ?? .null
        if given == .null { document.refuse("taskSpec", "is missing") }
        if !document.isSound { nameMore(of: given, in: &document) }
        try document.finish()
        let workspace = try await access.workspace(named: named, context)
        let taskSpec = try TaskSpecValidation.validate(
            given, guardrails: dependencies.guardrails.overridden(by: workspace.guardrails))
        let task = CodexTask(
            id: dependencies.identifiers.next(), workspaceID: workspace.id, taskSpec: taskSpec,
            createdAt: dependencies.time.now)
        try await record(task)
        return try Answers.json(
            TaskResponse(task, status: .pending), status: .created, location: "/tasks/\(task.id)")
    }

    /// Names what is wrong in the specification too, as far as that can be said without a workspace.
    private func nameMore(of given: JSONValue, in document: inout RequestDocument) {
        guard given != .null else { return }
        do throws(Violations) {
            _ = try TaskSpecValidation.validate(given, guardrails: dependencies.guardrails)
        } catch {
            document.refuse(error)
        }
    }

    /// The document first: a task that is there always has one.
    private func record(_ task: CodexTask) async throws {
        _ = try await dependencies.objects.put(
            ObjectKeys.taskSpec(task.id, in: task.workspaceID),
            body: ObjectBody(bytes: try JSONText.bytes(task.taskSpec)), expectation: .anything)
        guard try await dependencies.workspaces.create(task) == .committed else {
            throw Refusal(.internal, "The new task's identifier is taken.")
        }
    }
}
