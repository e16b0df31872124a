// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import Hummingbird
import Logging
import Model
import Records
import Repositories
import Seams
import Storage

/// `POST /runs`: a run of a task.
///
/// Answered as soon as the table has it, whether or not Kafka is there to ring anybody.
struct CreateRun {
    let dependencies: IntakeDependencies
    let access: ResourceAccess
    let creations: WorkspaceQueue

    /// What a request asks for.
    private struct Wish {
        let task: CodexTask
        let archiveID: ArchiveID?
        let executorName: String?
        let priority: Int
    }

    func respond(_ request: Request, _ context: IntakeRequestContext) async throws -> Response {
        let wish = try await read(request, context)
        let workspace = try await access.workspace(named: wish.task.workspaceID, context)
        try await requireExecutor(for: wish)
        try await requireArchive(of: wish)
        let guardrails = dependencies.guardrails.overridden(by: workspace.guardrails)
        let run = try await creations.run(for: workspace.id) {
            try await record(wish, under: guardrails)
        }
        ring(for: run)
        context.logger.info(
            "Run accepted",
            metadata: ["workspaceId": "\(workspace.id)", "runId": "\(run.after.id)"])
        return try Answers.json(
            RunResponse(run.after), status: .created, location: "/runs/\(run.after.id)")
    }

    private func read(_ request: Request, _ context: IntakeRequestContext) async throws -> Wish {
        var document = try await RequestDocument(of: request)
        let taskID: TaskID? = document.identifier("taskId")
        let archiveID: ArchiveID? = document.optionalIdentifier("archiveId")
        let executorName = document.optionalText("executorName")
        let priority = document.optionalWhole("priority", in: 0...9)
        try document.finish()
        guard let taskID else { throw Refusal(.validationFailed, "The task is missing.") }
        return Wish(
            task: try await access.task(taskID, context), archiveID: archiveID,
            executorName: executorName,
            priority: Int(priority ?? Int64(AdmissionRules.defaultPriority)))
    }

    /// Somebody has to be able to do it; a registry that was read some time ago is asked twice.
    private func requireExecutor(for wish: Wish) async throws {
        let type = wish.task.taskSpec.taskType
        do {
            _ = try ExecutorChoice.candidates(
                for: type, requested: wish.executorName, in: dependencies.registry.executors)
        } catch {
            try await dependencies.registry.refresh()
            _ = try ExecutorChoice.candidates(
                for: type, requested: wish.executorName, in: dependencies.registry.executors)
        }
    }

    /// The archive has to be there, and the one that was announced.
    private func requireArchive(of wish: Wish) async throws {
        guard let id = wish.archiveID else { return }
        guard let archive = try await dependencies.workspaces.archive(id, in: wish.task.workspaceID)
        else {
            throw Refusal(.notFound, "There is no archive \(id) in the task's workspace.")
        }
        let object = try await dependencies.objects.head(archive.objectKey)
        guard let object, object.size == archive.size, object.sha256 == archive.sha256 else {
            throw Refusal(.conflict, "The archive \(id) was announced but not uploaded yet.")
        }
    }

    private func record(_ wish: Wish, under guardrails: Guardrails) async throws -> RunTransition {
        let now = dependencies.time.now
        let run = AdmissionRules.run(
            dependencies.identifiers.next(), of: wish.task, archiveID: wish.archiveID,
            requestedExecutor: wish.executorName, priority: wish.priority, under: guardrails,
            at: now)
        let transition = RunLifecycle.create(run, at: now, timing: dependencies.timing)
        switch try await dependencies.runs.create(transition, dailyQuota: guardrails.dailyRunQuota)
        {
        case .created: return transition
        case .quotaExceeded:
            let seconds = now.day.end.duration(since: now).components.seconds + 1
            throw Refusal(
                .quotaExceeded,
                "The workspace has created its \(guardrails.dailyRunQuota) runs of the day; the count starts anew at \(now.day.end).",
                retryAfter: Int(seconds))
        case .refused: throw Refusal(.internal, "The new run could not be recorded.")
        }
    }

    private func ring(for transition: RunTransition) {
        let run = transition.after
        dependencies.publisher.publish(.runRequested(run.id, in: run.workspaceID), on: .runRequests)
        for event in transition.events {
            dependencies.publisher.publish(
                .runProgressed(event, in: run.workspaceID), on: .runEvents)
        }
    }
}
