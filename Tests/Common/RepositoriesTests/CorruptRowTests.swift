// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import Repositories
import Storage
import TestSupport
import Testing

/// A row that isn't what it should be is refused by name, and never trapped on.
@Suite(.timeLimit(.minutes(5))) struct CorruptRowTests {
    @Test func `a row with an attribute of another type is refused, naming key and attribute`()
        async
    {
        let runs = zip(Generator<Run>.anyRun, Generator<Int>.integer(in: 0...1_000))
        await checkProperty("Wrong types are named", runs) { run, position in
            var row = try run.row
            // The shard follows from the identifier; only the index looks at it.
            let names = row.attributes.keys.sorted().filter { $0 != RunAttribute.dueShard }
            let name = names[position % names.count]
            row.attributes[name] = .strings(["other"])
            try await requireCorrupt(row, naming: name) { _ = try Run(row: $0) }
        }
    }

    @Test func `a row without an attribute it must have is refused, naming key and attribute`()
        async
    {
        let required = [
            RunAttribute.taskID, RunAttribute.taskType, RunAttribute.title, RunAttribute.priority,
            RunAttribute.timeLimitSeconds, RunAttribute.createdAt, RunAttribute.status,
            RunAttribute.phase, RunAttribute.logsTruncated, RunAttribute.lastSequence,
            RunAttribute.version,
        ]
        let runs = zip(Generator<Run>.anyRun, Generator<String>.element(of: required))
        await checkProperty("Missing attributes are named", runs) { run, name in
            var row = try run.row
            row.attributes[name] = nil
            try await requireCorrupt(row, naming: name) { _ = try Run(row: $0) }
        }
    }

    @Test func `a row under another entity's key is refused`() async throws {
        let task = try #require(Generator<CodexTask>.task.sample(seed: 1))
        let row = TableRow(
            key: TableKey(partition: "WS#w", sort: "RUN#r"), attributes: try task.row.attributes)
        try await requireCorrupt(row, naming: "SK") { _ = try CodexTask(row: $0) }
    }

    @Test func `a step under another sequence number's key is refused`() async throws {
        let step = try #require(Generator<RunStep>.step.sample(seed: 1))
        let row = TableRow(
            key: TableKeys.step(step.event.runID, step.event.sequenceNumber + 1),
            attributes: try step.row.attributes)
        try await requireCorrupt(row, naming: "event") { _ = try RunStep(row: $0) }
    }

    @Test func `an artifact whose object stands elsewhere is refused`() async throws {
        let artifact = try #require(Generator<Artifact>.artifact.sample(seed: 1))
        var row = try artifact.row
        row.attributes["s3Key"] = .string("elsewhere")
        try await requireCorrupt(row, naming: "s3Key") { _ = try Artifact(row: $0) }
    }

    @Test func `a document that isn't JSON is refused`() async throws {
        let record = try #require(Generator<ExecutorRecord>.executorRecord.sample(seed: 1))
        var row = try record.row
        row.attributes["config"] = .string("{")
        try await requireCorrupt(row, naming: "config") { _ = try ExecutorRecord(row: $0) }
    }

    @Test func `a number that isn't finite can't be written, and says where it stands`()
        async throws
    {
        var run = try #require(Generator<Run>.newRun.sample(seed: 1))
        run.usage = RunUsage(costUsd: .infinity)
        let unwritable = run
        let error = try await requireThrows(TableError.self) { _ = try unwritable.row }
        #expect(error.code == .invalidRequest)
        #expect(error.reason.contains(RunAttribute.usage))
    }

    private func requireCorrupt(
        _ row: TableRow, naming name: String, _ read: (TableRow) throws -> Void
    ) async throws {
        let error = try await requireThrows(TableError.self) { try read(row) }
        try requireEqual(error.code, .corrupt)
        try require(error.reason.contains("attribute \(name) "), error.reason)
        try require(error.reason.contains(row.key.description), error.reason)
    }
}
