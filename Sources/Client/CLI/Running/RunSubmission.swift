// SPDX-License-Identifier: Apache-2.0

import API
import Model
import SystemPackage
import TlaoSDK

/// Packs the folder, sends it, and makes task and run.
struct RunSubmission: Sendable {
    let options: RunOptions
    let session: CommandSession
    let stage: RunStage

    private var folder: FilePath { FilePath(options.path) }
    private var console: Console { session.console }

    func submit(_ spec: TaskSpec) async throws -> SubmittedRun {
        try await requireFolder()
        let workspace = try await session.workspace()
        let limit = try await session.client.getWorkspace(workspace).guardrails.maxArchiveBytes
        let archive = try await sendFolder(to: workspace, limit: limit)
        return try await makeRun(spec, in: workspace, of: archive)
    }

    private func requireFolder() async throws {
        let folder = folder
        do {
            try await FileWork.run {
                try FileDescriptor.open(folder, .readOnly, options: [.directory, .closeOnExec])
                    .close()
            }
        } catch Errno.notDirectory {
            throw CommandFailure(.badInput, "'\(folder)' is not a folder.")
        } catch Errno.noSuchFileOrDirectory {
            throw CommandFailure(.notFound, "There is no folder '\(folder)'.")
        } catch let error as Errno {
            throw CommandFailure(error, "read", folder)
        }
    }

    private func sendFolder(to workspace: WorkspaceID, limit: Int64) async throws -> ArchiveID {
        do {
            return try await packAndUpload(to: workspace, limit: limit)
        } catch let error as PackagingError where error.code == .tooLarge {
            throw await OversizeReport(folder: folder, environment: session.environment)
                .failure(limit: limit)
        } catch let error as TlaoError where error.status == 413 {
            throw await OversizeReport(folder: folder, environment: session.environment)
                .failure(limit: error.maxBytes ?? limit)
        }
    }

    private func packAndUpload(
        to workspace: WorkspaceID, limit: Int64
    ) async throws -> ArchiveID {
        let packager = WorkspacePackager(environment: session.environment, sizeLimit: limit)
        let console = console
        return try await packager.withPackaged(
            folder,
            progress: { progress in
                console.progress(
                    "Packing: \(progress.files) of \(progress.listed) files, \(ByteCount.text(progress.bytes))"
                )
            },
            { packaged in
                await console.say(Self.words(for: packaged))
                let size = ByteCount.text(packaged.size)
                return try await session.client.uploadArchive(
                    packaged.path.string, size: packaged.size, sha256: packaged.sha256,
                    to: workspace
                ) { sent in
                    console.progress("Sending: \(ByteCount.text(sent)) of \(size)")
                }
                .archiveId
            })
    }

    private static func words(for packaged: PackagedWorkspace) -> String {
        let files = packaged.files == 1 ? "1 file" : "\(packaged.files) files"
        let (content, size) = (packaged.contentBytes, packaged.size)
        return "Packed \(files) (\(ByteCount.text(content))) into \(ByteCount.text(size))."
    }

    private func makeRun(
        _ spec: TaskSpec, in workspace: WorkspaceID, of archive: ArchiveID
    ) async throws -> SubmittedRun {
        let task = try await session.client.createTask(spec, in: workspace)
        stage.submits()
        let body = try await session.client.body(
            posting: CreateRunRequest(
                taskId: task.taskId, archiveId: archive, executorName: options.executor,
                priority: options.priority), to: "/runs")
        let submitted = try SubmittedRun(body: body)
        stage.submitted(submitted.runId)
        return submitted
    }
}
