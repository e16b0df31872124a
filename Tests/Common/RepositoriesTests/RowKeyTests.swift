// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import Repositories
import Storage
import TestSupport
import Testing

/// Where rows stand, written out as it is documented rather than by the code under test.
@Suite(.timeLimit(.minutes(5))) struct RowKeyTests {
    @Test func `Property 4: PK and SK of any entity have the documented form`() async {
        await check("workspace", Generator<Workspace>.workspace) { ("WS#\($0.id.text)", "META") }
        await check("task", Generator<CodexTask>.task) {
            ("WS#\($0.workspaceID.text)", "TASK#\($0.id.text)")
        }
        await check("run", Generator<Run>.anyRun) {
            ("WS#\($0.workspaceID.text)", "RUN#\($0.id.text)")
        }
        await check("step", Generator<RunStep>.step) {
            let number = $0.event.sequenceNumber
            let digits = String(10_000_000_000 + number).dropFirst()
            return ("RUN#\($0.event.runID.text)", "STEP#\(digits)")
        }
        await check("artifact", Generator<Artifact>.artifact) {
            ("WS#\($0.workspaceID.text)", "ART#\($0.id.text)")
        }
        await check("archive", Generator<WorkspaceArchive>.archive) {
            ("WS#\($0.workspaceID.text)", "ARCHIVE#\($0.id.text)")
        }
        await check("executor", Generator<ExecutorRecord>.executorRecord) {
            ("SYS", "EXEC#\($0.executorName)")
        }
        await check("user", Generator<User>.user) { ("USER#\($0.username)", "META") }
    }

    @Test func `a key isn't said again in attributes`() async {
        await checkProperty("Keys once", Generator<Run>.anyRun) { run in
            let names = Set(try run.row.attributes.keys)
            try require(names.isDisjoint(with: ["PK", "SK", "runId", "workspaceId"]))
        }
    }

    @Test func `rows that aren't entities have the documented keys`() {
        let workspace = WorkspaceID("w")
        let run = RunID("r")
        let day = Timestamp(milliseconds: 1_769_903_999_999).day
        let keys: [(TableKey, String)] = [
            (TableKeys.membership("ada", workspace), "USER#ada/WS#w"),
            (TableKeys.logTail(run), "RUN#r/LOG"),
            (TableKeys.artifactLink(run, ArtifactID("a")), "RUN#r/ART#a"),
            (TableKeys.waiting(run, priority: 7, in: workspace), "WS#w/WAIT#2#r"),
            (TableKeys.slots(workspace), "WS#w/SLOTS"),
            (TableKeys.quota(workspace, on: day), "WS#w/QUOTA#2026-01-31"),
            (TableKeys.runPointer(run), "RUN#r/META"),
            (TableKeys.taskPointer(TaskID("t")), "TASK#t/META"),
            (TableKeys.artifactPointer(ArtifactID("a")), "ART#a/META"),
            (
                TableKeys.idempotency(UserID("u"), route: "POST /runs", keyDigest: "d"),
                "IDEM#u#POST /runs#d/META"
            ),
        ]
        for (key, text) in keys { #expect(key.description == text) }
    }

    private func check<Entity: RowRepresentable>(
        _ name: String, _ generator: Generator<Entity>,
        _ expected: (Entity) -> (partition: String, sort: String)
    ) async {
        await checkProperty("Property 4: \(name)", generator) { entity in
            let key = try entity.row.key
            try requireEqual(key.partition, expected(entity).partition)
            try requireEqual(key.sort, expected(entity).sort)
        }
    }
}
