// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import Model
import Records
import Repositories
import Seams
import Storage
import TestSupport
import Testing

/// What an agent is, in a test.
struct ScriptedAgent: Sendable {
    var script: String
    var promptVia: ExecutorConfig.PromptDelivery?
    var environment: ExecutorConfig.Environment?
    var command: [String]?
    var agentProtocol: ExecutorConfig.AgentProtocol = .command

    init(
        _ script: String, promptVia: ExecutorConfig.PromptDelivery? = nil,
        environment: ExecutorConfig.Environment? = nil
    ) {
        self.script = script
        self.promptVia = promptVia
        self.environment = environment
    }
}

extension WorkerStage {
    func createWorkspace() async throws {
        let workspace = Workspace(
            id: workspace, name: "test", ownerID: identifiers.next(), createdAt: time.now,
            updatedAt: time.now)
        _ = try await workspaces.create(workspace, owner: "owner")
    }

    /// Registers an agent that is a script of the shell; the prompt is its first argument.
    func register(
        _ agent: ScriptedAgent, name: String = executorName, topic: Topic = .runAssignments
    ) async throws {
        var config = ExecutorConfig(
            protocol: agent.agentProtocol,
            command: agent.command ?? ["/bin/sh", "-c", agent.script, "agent"])
        config.promptVia = agent.promptVia
        config.environment = agent.environment
        try await executors.put(
            ExecutorRecord(
                executorName: name, supportedTaskTypes: TaskType.allCases,
                endpoint: "kafka:\(topic)", status: .active, config: config))
    }

    /// Accepts a task and a run of it, as Intake does.
    func submit(
        _ spec: TaskSpec = TaskSpec(taskType: .codeChange, input: .init(prompt: "Work.")),
        archive: ArchiveID? = nil, timeLimit: Int = 60
    ) async throws -> Run {
        let task = CodexTask(
            id: identifiers.next(), workspaceID: workspace, taskSpec: spec, createdAt: time.now)
        _ = try await objects.put(
            ObjectKeys.taskSpec(task.id, in: workspace),
            body: ObjectBody(bytes: try JSONText.bytes(spec)), expectation: .anything)
        _ = try await workspaces.create(task)
        let run = Run(
            id: identifiers.next(), taskID: task.id, workspaceID: workspace,
            taskType: spec.taskType, title: "test", archiveID: archive,
            timeLimitSeconds: timeLimit, createdAt: time.now)
        let transition = RunLifecycle.create(run, at: time.now)
        #expect(try await runs.create(transition, dailyQuota: 1_000) == .created)
        return transition.after
    }

    /// Assigns a run, as the dispatcher does, and rings the worker.
    @discardableResult
    func assign(
        _ run: Run, to worker: String = "worker-1", executor: String = executorName,
        ringing: Bool = true, topic: Topic = .runAssignments
    ) async throws -> Run {
        let assignment = Assignment(
            id: identifiers.next(), executorName: executor, workerID: worker,
            topic: topic.description)
        let transition = try RunLifecycle.apply(.assign(assignment), to: run, at: time.now)
        #expect(try await runs.store(transition, concurrencyLimit: 100) == .committed)
        if ringing { ring(transition.after) }
        return transition.after
    }

    /// Rings the worker that a run is assigned to.
    func ring(_ run: Run) {
        guard let assignment = run.assignment else { return }
        source.send(
            .runAssigned(
                run.id, in: run.workspaceID, assignment: assignment.id,
                workerID: assignment.workerID), on: Topic(assignment.topic))
    }

    /// Stores an archive of its own bytes; what is announced can be made to differ.
    func store(
        archive bytes: [UInt8], announcedSize: Int64? = nil, announcedDigest: String? = nil,
        uploaded: Bool = true
    ) async throws -> ArchiveID {
        let archive = WorkspaceArchive(
            id: identifiers.next(), workspaceID: workspace,
            size: announcedSize ?? Int64(bytes.count),
            sha256: announcedDigest ?? Self.digest(bytes), createdAt: time.now)
        _ = try await workspaces.create(archive)
        if uploaded {
            _ = try await objects.put(
                archive.objectKey, body: ObjectBody(bytes: bytes), expectation: .anything)
        }
        return archive.id
    }

    /// The SHA-256 of bytes, in lower-case hexadecimal.
    static func digest(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    }

    // MARK: Looking

    /// The run as it stands in the table.
    func current(_ run: Run) async throws -> Run {
        try #require(try await runs.run(run.id, in: run.workspaceID))
    }

    /// Waits for the run's end, and rings for an offer again, as the dispatcher does.
    func ended(
        _ run: Run, within limit: Duration = .seconds(60), ringing: Bool = true
    ) async throws -> Run {
        try await eventuallyValue(within: limit, "the end of the run") {
            let current = try await current(run)
            if ringing, current.status == .queued { ring(current) }
            return current.status.isTerminal ? current : nil
        }
    }

    /// Submits a run for the agent, has it executed and answers it as it ended.
    func execute(
        _ agent: ScriptedAgent,
        _ spec: TaskSpec = TaskSpec(taskType: .codeChange, input: .init(prompt: "Work.")),
        archive: ArchiveID? = nil, timeLimit: Int = 60
    ) async throws -> Run {
        try await register(agent)
        let run = try await submit(spec, archive: archive, timeLimit: timeLimit)
        try await withWorker { _ in
            try await assign(run)
            _ = try await ended(run)
        }
        return try await current(run)
    }

    /// The whole timeline, which must be numbered without a gap.
    func timeline(of run: Run) async throws -> [ProgressEvent] {
        let events = try await runs.steps(of: run.id, after: 0, limit: 100_000).map(\.event)
        #expect(events.map(\.sequenceNumber) == (0..<Int64(events.count)).map { $0 + 1 })
        return events
    }

    /// What the timeline holds of one of the agent's streams.
    func output(of run: Run, _ stream: String = "stdout") async throws -> String {
        try await timeline(of: run).filter {
            $0.type == .log && $0.data["stream"]?.text == stream && $0.data["notice"] == nil
        }.map(\.message).joined()
    }

    /// The run's artifacts as recorded.
    func artifacts(of run: Run) async throws -> [Artifact] {
        var artifacts: [Artifact] = []
        for id in run.artifactIDs {
            artifacts.append(try #require(try await runs.artifact(id, in: run.workspaceID)))
        }
        return artifacts
    }

    /// The bytes of the artifact of that name.
    func content(_ name: String, of run: Run) async throws -> [UInt8] {
        let artifacts = try await artifacts(of: run)
        let artifact = try #require(artifacts.first { $0.fileName == name }, "\(name)")
        var bytes: [UInt8] = []
        for try await chunk in try await objects.get(artifact.objectKey, range: nil).body {
            bytes += chunk
        }
        #expect(Self.digest(bytes) == artifact.sha256)
        #expect(Int64(bytes.count) == artifact.size)
        return bytes
    }

    func text(_ name: String, of run: Run) async throws -> String {
        String(decoding: try await content(name, of: run), as: UTF8.self)
    }

    // MARK: What may be left

    /// Fails when a worker left a file, or an agent a process with its working directory there.
    func expectNothingLeft() throws {
        let work = folder + "/work"
        let left = (try? FileManager.default.subpathsOfDirectory(atPath: work)) ?? []
        #expect(left.filter { $0 != ".tlao-workers.lock" } == [])
        #expect(processes(in: folder) == [])
    }

    /// The processes whose working directory is in a folder.
    func processes(in folder: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.filter { name in
            guard Int(name) != nil else { return false }
            let place = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/\(name)/cwd")
            return place?.hasPrefix(folder) == true
        }
    }
}
