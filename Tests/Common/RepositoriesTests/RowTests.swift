// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import Repositories
import Storage
import TestSupport
import Testing

/// What holds for the row of every entity.
@Suite(.timeLimit(.minutes(5))) struct RowTests {
    @Test func `Property 3: any entity, to item and back, is equal`() async {
        await checkRoundTrip("workspace", Generator<Workspace>.workspace)
        await checkRoundTrip("task", Generator<CodexTask>.task)
        await checkRoundTrip("run", Generator<Run>.anyRun)
        await checkRoundTrip("step", Generator<RunStep>.step)
        await checkRoundTrip("artifact", Generator<Artifact>.artifact)
        await checkRoundTrip("archive", Generator<WorkspaceArchive>.archive)
        await checkRoundTrip("executor", Generator<ExecutorRecord>.executorRecord)
        await checkRoundTrip("user", Generator<User>.user)
    }

    @Test func `Property 9: an artifact's record is complete and its key has the documented form`()
        async
    {
        let members: Set<String> = [
            "runId", "artifactType", "fileName", "mediaType", "s3Key", "size", "sha256", "status",
            "createdAt",
        ]
        await checkProperty("Property 9: artifact records", Generator<Artifact>.artifact) {
            artifact in
            let row = try artifact.row
            try requireEqual(members.subtracting(row.attributes.keys), [])
            let prefix =
                "workspaces/\(artifact.workspaceID)/runs/\(artifact.runID)/artifacts/\(artifact.id)-"
            let key = row.string("s3Key") ?? ""
            try require(key.hasPrefix(prefix), "the key begins as documented")
            let name = key.dropFirst(prefix.count)
            try require(!name.isEmpty && name.utf8.allSatisfy(Self.isPlain), "\(name) is plain")
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-".utf8.contains(byte)
    }

    @Test func `Property 11: a registry entry loads back equal`() async {
        await checkProperty(
            "Property 11: a registry entry loads back equal",
            Generator<ExecutorRecord>.executorRecord
        ) { record in
            let document = try JSONText.decode(JSONValue.self, from: JSONText.bytes(record))
            let registered = try ExecutorValidation.validate(document, named: record.executorName)
            try requireEqual(try ExecutorRecord(row: registered.row), record)
        }
    }

    @Test func `a step holds its event exactly as it is streamed`() async {
        await checkProperty("A step's event is its JSON", Generator<RunStep>.step) { step in
            let text = try requireValue(try step.row.string(RunStep.eventAttribute))
            try require(text.utf8.elementsEqual(try JSONText.string(step.event).utf8))
        }
    }

    @Test func `a run is in the due index exactly while it has a due time`() async {
        await checkProperty("Due shard", Generator<Run>.anyRun) { run in
            let row = try run.row
            try requireEqual(row.integer(RunAttribute.dueAt), run.dueAt?.milliseconds)
            try requireEqual(row.integer(RunAttribute.dueShard) == nil, run.dueAt == nil)
            try require((0..<Run.dueShardCount).contains(run.dueShard))
        }
    }

    @Test func `runs spread over all shards of the due index`() {
        let shards = "0123456789abcdef".map { digit in
            Run(
                id: RunID("0199f1c2-0000-7000-8000-00000000000\(digit)"), taskID: TaskID("t"),
                workspaceID: WorkspaceID("w"), taskType: .codeChange, title: "",
                timeLimitSeconds: 1, createdAt: Timestamp(milliseconds: 0)
            ).dueShard
        }
        #expect(shards == Array(0..<Run.dueShardCount))
    }

    @Test func `the names of attributes of the due index are the table's`() {
        #expect(RunAttribute.dueAt == TableRow.dueAtAttribute)
        #expect(RunAttribute.dueShard == TableRow.dueShardAttribute)
    }

    private func checkRoundTrip<Entity: RowRepresentable>(
        _ name: String, _ generator: Generator<Entity>
    ) async {
        await checkProperty("Property 3: \(name)", generator) { entity in
            try requireEqual(try Entity(row: entity.row), entity)
        }
    }
}
