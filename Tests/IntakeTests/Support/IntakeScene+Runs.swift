// SPDX-License-Identifier: Apache-2.0

import Crypto
import FolderStorage
import Foundation
import Model
import Repositories
import Seams
import Storage
import TestSupport
import Testing

extension IntakeScene {
    /// The token of the lease under which the scene's runs are executed.
    static let lease = "lease"

    /// Has a worker claim a run that was created.
    func claim(_ id: RunID) async throws {
        let assignment = Assignment(
            id: identifiers.next(), executorName: "demo", workerID: "worker",
            topic: "run.assignments")
        try await apply(.assign(assignment), to: id)
        try await apply(
            .claim(assignment.id, Lease(token: Self.lease, owner: "worker", renewals: 0)), to: id)
    }

    /// Has the agent of a claimed run write something.
    func log(_ text: String, of id: RunID) async throws {
        let event = ProgressEvent(
            runID: id, sequenceNumber: try await runs.lastSequence(of: id) + 1,
            timestamp: time.now, type: .log, message: text, data: ["stream": "stdout"])
        _ = try await runs.append(RunStep(event: event, writer: Self.lease))
    }

    /// Has the worker of a claimed run store an artifact.
    func store(
        _ bytes: [UInt8], as fileName: String, type: ArtifactType = .document,
        status: Artifact.Status = .stored, of id: RunID
    ) async throws -> Artifact {
        let run = try #require(try await runs.run(id))
        let artifact = Artifact(
            id: identifiers.next(), runID: id, workspaceID: run.workspaceID, artifactType: type,
            fileName: fileName, mediaType: "text/plain", size: Int64(bytes.count),
            sha256: Self.sha256(bytes), status: status, createdAt: time.now)
        if status == .stored {
            _ = try await objects.put(
                artifact.objectKey, body: ObjectBody(bytes: bytes), expectation: .anything)
        }
        _ = try await runs.record(artifact, token: Self.lease)
        return artifact
    }

    /// Has a claimed run complete.
    func complete(_ id: RunID, log: ArtifactID? = nil) async throws {
        let outcome = RunOutcome(
            end: .completed, artifactIDs: log.map { [$0] } ?? [], logArtifactID: log)
        let last = try await runs.lastSequence(of: id)
        try await apply(.finish(token: Self.lease, outcome, lastSequence: last), to: id)
    }

    /// The SHA-256 in lower-case hexadecimal.
    static func sha256(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: Data(bytes)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    private func apply(_ command: RunCommand, to id: RunID) async throws {
        let run = try #require(try await runs.run(id))
        let transition = try RunLifecycle.apply(command, to: run, at: time.now)
        _ = try await runs.store(transition, concurrencyLimit: 100_000)
    }
}
