// SPDX-License-Identifier: Apache-2.0

public import Model
public import PropertyTesting

extension Generator where Value == Run {
    /// Makes runs as they are when they are created.
    public static var newRun: Generator {
        Generator { choices in
            Run(
                id: try choices.draw(.uuid()), taskID: try choices.draw(.uuid()),
                workspaceID: try choices.draw(.uuid()), taskType: try choices.draw(.anyCase),
                title: try choices.draw(.text(count: 0...60)),
                archiveID: try choices.draw(Generator<ArchiveID>.uuid().optional),
                requestedExecutor: try choices.draw(Generator<String>.executorName.optional),
                retryOf: try choices.draw(Generator<RunID>.uuid().optional),
                priority: try choices.draw(.integer(in: 0...9)),
                timeLimitSeconds: try choices.draw(.integer(in: 1...86_400)),
                createdAt: try choices.draw(.timestamp))
        }
    }

    /// Makes runs with any values in every field, also such as don't occur together in a life.
    public static var anyRun: Generator {
        Generator { choices in
            var run = try choices.draw(newRun)
            let time = Generator<Timestamp>.timestamp.optional
            run.status = try choices.draw(.anyCase)
            run.phase = try choices.draw(.anyCase)
            run.waitingReason = try choices.draw(Generator<WaitingReason>.anyCase.optional)
            run.executorName = try choices.draw(Generator<String>.executorName.optional)
            run.assignment = try choices.draw(Generator<Assignment>.assignment.optional)
            run.lease = try choices.draw(Generator<Lease>.lease.optional)
            run.startedAt = try choices.draw(time)
            run.completedAt = try choices.draw(time)
            run.cancelRequestedAt = try choices.draw(time)
            run.failure = try choices.draw(Generator<RunFailure>.failure.optional)
            run.warnings = try choices.draw(Generator<RunWarning>.warning.array(count: 0...3))
            run.artifactIDs = try choices.draw(Generator<ArtifactID>.uuid().array(count: 0...5))
            run.logArtifactID = try choices.draw(Generator<ArtifactID>.uuid().optional)
            run.logsTruncated = try choices.draw(.boolean)
            run.usage = try choices.draw(Generator<RunUsage>.usage.optional)
            run.lastSequence = try choices.draw(.integer(in: 0...(.max)))
            run.dueAt = try choices.draw(time)
            run.version = try choices.draw(.integer(in: 0...(.max)))
            return run
        }
    }
}

extension Generator where Value == Assignment {
    /// Makes assignments.
    public static var assignment: Generator {
        zip(
            .uuid(), .executorName, .text(count: 1...20), .string(of: "ab._-", count: 1...20)
        ).map { Assignment(id: $0, executorName: $1, workerID: $2, topic: $3) }
    }
}

extension Generator where Value == Lease {
    /// Makes leases.
    public static var lease: Generator {
        zip(
            .text(count: 1...20), .text(count: 1...20), Generator<Int64>.integer(in: 0...(.max))
        )
        .map { Lease(token: $0, owner: $1, renewals: $2) }
    }
}

extension Generator where Value == RunFailure {
    /// Makes failures.
    public static var failure: Generator {
        zip(.anyCase, .unicode(count: 0...60)).map { RunFailure(code: $0, message: $1) }
    }
}

extension Generator where Value == RunWarning {
    /// Makes warnings.
    public static var warning: Generator {
        zip(.anyCase, .unicode(count: 0...40), .integer(in: 1...1_000))
            .map { RunWarning(code: $0, message: $1, count: $2) }
    }
}

extension Generator where Value == RunUsage {
    /// Makes reports of any subset of the members.
    public static var usage: Generator {
        let amount = Generator<UInt64>.integer
            .map { Double(bitPattern: $0) }.filter(\.isFinite).optional
        let tokens = Generator<Int>.integer(in: 0...(.max)).optional
        return zip(amount, tokens, tokens, amount)
            .map { RunUsage(credits: $0, inputTokens: $1, outputTokens: $2, costUsd: $3) }
    }
}

extension Generator where Value == RunOutcome {
    /// Makes outcomes that a worker can report; every one has a log.
    public static var outcome: Generator {
        Generator { choices in
            let log: ArtifactID = try choices.draw(.uuid())
            return RunOutcome(
                end: try choices.draw(
                    .oneOf(
                        .constant(.completed), .constant(.timedOut), .constant(.cancelled),
                        Generator<RunFailure>.failure.map(RunOutcome.End.failed))),
                artifactIDs: [log]
                    + (try choices.draw(Generator<ArtifactID>.uuid().array(count: 0...3))),
                logArtifactID: log, logsTruncated: try choices.draw(.boolean),
                warnings: try choices.draw(Generator<RunWarning>.warning.array(count: 0...2)),
                usage: try choices.draw(Generator<RunUsage>.usage.optional))
        }
    }
}

extension Generator where Value == ProgressEvent {
    /// Makes events with any data.
    public static var progressEvent: Generator {
        Generator { choices in
            ProgressEvent(
                runID: try choices.draw(.uuid()),
                sequenceNumber: try choices.draw(.integer(in: 1...9_999_999_999)),
                timestamp: try choices.draw(.timestamp), type: try choices.draw(.anyCase),
                message: try choices.draw(.unicode(count: 0...80)),
                data: try choices.draw(Generator<JSONValue>.members(.json())))
        }
    }
}

extension Generator where Value == RunStep {
    /// Makes steps.
    public static var step: Generator {
        zip(.progressEvent, .text(count: 1...20)).map { RunStep(event: $0, writer: $1) }
    }
}
