// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import Repositories
import Storage
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct ArtifactPropertyTests {
    @Test func `Property 9: an artifact's record is complete and its key has its form`()
        async throws
    {
        try await WorkerStage.with { stage in
            let names = Generator<String>.string(of: "aZ09._- é€~+", count: 1...12)
                .filter { !$0.hasPrefix(".") && !$0.hasPrefix("-") && !$0.contains("/") }
            let folder = Generator<String>.element(of: ["", "docs/", "a b/c/"])
            let files = Generator<[String: String]>.dictionary(
                zip(folder, names).map { $0 + $1 }, .unicode(count: 0...40), count: 25...25)
            for seed in 1...5 {
                let made = try #require(files.sample(seed: UInt64(seed)))
                let run = try await produce(made, on: stage)
                let artifacts = try await stage.artifacts(of: run)
                #expect(artifacts.count == made.count + 1)
                for artifact in artifacts {
                    try await check(artifact, of: run, made, on: stage)
                }
            }
        }
    }

    private func check(
        _ artifact: Artifact, of run: Run, _ made: [String: String], on stage: WorkerStage
    ) async throws {
        let last = artifact.fileName.split(separator: "/").last.map(String.init) ?? ""
        let plain = last.unicodeScalars.map { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": String(scalar)
            default: "_"
            }
        }.joined()
        #expect(
            artifact.objectKey
                == "workspaces/\(run.workspaceID)/runs/\(run.id)/artifacts/\(artifact.id)-\(plain)")
        #expect(artifact.runID == run.id && artifact.workspaceID == run.workspaceID)
        #expect(artifact.status == .stored && !artifact.mediaType.isEmpty)
        #expect(artifact.createdAt >= run.createdAt)
        let stored = try #require(try await stage.objects.head(artifact.objectKey))
        #expect(stored.size == artifact.size && stored.sha256 == artifact.sha256)
        if let content = made[artifact.fileName] {
            #expect(artifact.sha256 == WorkerStage.digest(Array(content.utf8)))
        } else {
            #expect(artifact.fileName == "run.log" && artifact.artifactType == .log)
        }
    }

    /// Has an agent leave these files, which reach it as its workspace.
    private func produce(_ files: [String: String], on stage: WorkerStage) async throws -> Run {
        try await stage.execute(
            ScriptedAgent("cp -R . \"$TLAO_OUTPUT_DIR\""),
            archive: try await stage.store(
                archive: WorkspaceFiles.archive(files.mapValues { .file($0) })))
    }
}
