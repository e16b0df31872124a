// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ExecutorChoiceTests {
    @Test func `Property 6: the chosen executor supports the type and is active`() async {
        let cases = zip(
            Generator<TaskSpec>.taskSpec(),
            Generator<ExecutorRecord>.executorRecord.array(count: 0...6),
            Generator<Int>.integer(in: 0...12))
        await checkProperty("Property 6: supports the type and is active", cases: 300, cases) {
            taskSpec, registry, pick in
            // Half of the time one is asked for by name.
            let requested = pick < registry.count ? registry[pick].executorName : nil
            let able = Set(
                registry.filter {
                    $0.status == .active && $0.supportedTaskTypes.contains(taskSpec.taskType)
                }.map(\.executorName))
            do {
                let chosen = try ExecutorChoice.candidates(
                    for: taskSpec.taskType, requested: requested, in: registry)
                try require(!chosen.isEmpty)
                for record in chosen {
                    try requireEqual(record.status, .active)
                    try require(record.supportedTaskTypes.contains(taskSpec.taskType))
                    try require(requested == nil || record.executorName == requested)
                }
            } catch let none as NoExecutor {
                try requireEqual(Set(none.alternatives), able)
                try require(requested.map { !able.contains($0) } ?? able.isEmpty)
            }
        }
    }

    @Test func `the more specialised executor is preferred, then the name decides`() throws {
        let registry = [
            record("general", [.codeChange, .docWrite]), record("z-docs", [.docWrite]),
            record("a-docs", [.docWrite, .docWrite]),
        ]
        let chosen = try ExecutorChoice.candidates(for: .docWrite, in: registry)
        #expect(chosen.map(\.executorName) == ["a-docs", "z-docs", "general"])
    }

    @Test func `a refusal says why, and which would do`() {
        let registry = [
            record("kiro", [.codeChange]), record("old", [.codeChange], .inactive),
            record("docs", [.docWrite]),
        ]
        #expect(refusal("none", in: registry)?.reason == .unknown("none"))
        #expect(refusal("old", in: registry)?.reason == .inactive("old"))
        #expect(refusal("docs", in: registry)?.reason == .typeNotSupported("docs"))
        #expect(refusal("docs", in: registry)?.alternatives == ["kiro"])
        #expect(
            refusal("docs", in: registry)?.description
                == "The executor docs doesn't support code.change. These would do: kiro.")
        #expect(refusal(nil, in: [])?.reason == .noneSupportsType)
        #expect(refusal(nil, in: [])?.description.contains("PUT /executors") == true)
    }

    private func refusal(_ name: String?, in registry: [ExecutorRecord]) -> NoExecutor? {
        do throws(NoExecutor) {
            _ = try ExecutorChoice.candidates(for: .codeChange, requested: name, in: registry)
            return nil
        } catch {
            return error
        }
    }

    private func record(
        _ name: String, _ types: [TaskType], _ status: ExecutorRecord.Status = .active
    ) -> ExecutorRecord {
        ExecutorRecord(
            executorName: name, supportedTaskTypes: types, endpoint: "kafka:run.assignments",
            status: status, config: ExecutorConfig(protocol: .command, command: ["agent"]))
    }
}
