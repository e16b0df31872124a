// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct AdmissionRulesTests {
    @Test func `Property 5: a new run is queued, has an id, names its task`() async {
        let cases = zip(
            Generator<CodexTask>.task, Generator<RunID>.uuid(), Generator<Timestamp>.timestamp)
        await checkProperty("Property 5: a new run is queued", cases) { task, id, now in
            let new = AdmissionRules.run(id, of: task, under: Guardrails(), at: now)
            let created = RunLifecycle.create(new, at: now)
            try requireEqual(created.after.status, .queued)
            try requireEqual(created.after.id, id)
            try requireEqual(created.after.taskID, task.id)
            try requireEqual(created.after.workspaceID, task.workspaceID)
            try requireEqual(created.after.taskType, task.taskSpec.taskType)
            try requireEqual(created.queue, .enter)
            try requireEqual(created.slot, .none)
            try requireEqual(created.events.map(\.sequenceNumber), [1])
            try requireEqual(created.events.map(\.status), [.queued])
            try require(created.after.title.utf8.count <= 200)
            try require(task.taskSpec.input.prompt.utf8.starts(with: created.after.title.utf8))
        }
    }

    @Test func `Property 13: an archive is refused exactly when over the limit`() async {
        let cases = zip(Generator<Guardrails>.guardrails, Generator<Int64>.integer(in: -3...3))
        await checkProperty("Property 13: exactly when over the limit", cases) {
            guardrails, distance in
            let size = guardrails.maxArchiveBytes + distance
            try requireEqual(
                AdmissionRules.acceptsArchive(bytes: size, under: guardrails), distance <= 0)
        }
        #expect(AdmissionRules.acceptsArchive(bytes: 31_457_280, under: Guardrails()))
        #expect(!AdmissionRules.acceptsArchive(bytes: 31_457_281, under: Guardrails()))
    }

    @Test func `Property 14: creation is refused exactly when n ≥ q`() async {
        let cases = zip(Generator<Int>.integer(in: 0...60), Generator<Int>.integer(in: 0...60))
        await checkProperty("Property 14: exactly when n ≥ q", cases: 300, cases) {
            earlier, quota in
            let guardrails = Guardrails(dailyRunQuota: quota)
            try requireEqual(
                AdmissionRules.acceptsRun(createdToday: earlier, under: guardrails),
                !(earlier >= quota))
        }
    }

    @Test func `a time limit is the task's, or the maximum, and never over the maximum`() {
        let guardrails = Guardrails(maxRunDurationSec: 100, maxTokensPerRun: 10)
        func taskSpec(_ seconds: Int?, _ tokens: Int? = nil) -> TaskSpec {
            TaskSpec(
                taskType: .docWrite, input: TaskSpec.Input(prompt: "p"),
                constraints: TaskSpec.Constraints(timeLimitSec: seconds, maxTokens: tokens))
        }
        #expect(AdmissionRules.timeLimitSeconds(of: taskSpec(60), under: guardrails) == 60)
        #expect(AdmissionRules.timeLimitSeconds(of: taskSpec(nil), under: guardrails) == 100)
        #expect(AdmissionRules.timeLimitSeconds(of: taskSpec(480), under: guardrails) == 100)
        #expect(AdmissionRules.maxTokens(of: taskSpec(1, 5), under: guardrails) == 5)
        #expect(AdmissionRules.maxTokens(of: taskSpec(1), under: guardrails) == 10)
    }

    @Test func `an override takes the place of its limit alone`() async {
        let cases = zip(Generator<Guardrails>.guardrails, .guardrailOverrides)
        await checkProperty("Overrides", cases) { limits, overrides in
            let effective = limits.overridden(by: overrides)
            try requireEqual(
                effective.dailyRunQuota, overrides.dailyRunQuota ?? limits.dailyRunQuota)
            try requireEqual(
                effective.concurrencyLimit, overrides.concurrencyLimit ?? limits.concurrencyLimit)
            try requireEqual(
                effective.maxArchiveBytes, overrides.maxArchiveBytes ?? limits.maxArchiveBytes)
            try requireEqual(effective.maxLogBytes, overrides.maxLogBytes ?? limits.maxLogBytes)
            try requireEqual(
                effective.maxRunDurationSec,
                overrides.maxRunDurationSec ?? limits.maxRunDurationSec)
            try requireEqual(
                effective.maxTokensPerRun, overrides.maxTokensPerRun ?? limits.maxTokensPerRun)
        }
    }
}
