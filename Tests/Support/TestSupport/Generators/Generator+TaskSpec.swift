// SPDX-License-Identifier: Apache-2.0

public import Model
public import PropertyTesting

extension Generator where Value == TaskSpec {
    /// Makes specifications that are valid under the limits.
    public static func taskSpec(under guardrails: Guardrails = Guardrails()) -> Generator {
        Generator { choices in
            TaskSpec(
                taskType: try choices.draw(.anyCase),
                input: TaskSpec.Input(
                    prompt: try choices.draw(.text(count: 1...300)),
                    files: try choices.draw(Generator<String>.paths.optional),
                    repoRef: try choices.draw(Generator<String>.text(count: 1...40).optional)),
                constraints: try choices.draw(Generator.constraints(under: guardrails).optional),
                output: try choices.draw(
                    Generator<ArtifactType>.anyCase.array(count: 0...5)
                        .map(TaskSpec.Output.init(expectedArtifacts:)).optional))
        }
    }

    private static func constraints(
        under guardrails: Guardrails
    ) -> Generator<TaskSpec.Constraints> {
        Generator<TaskSpec.Constraints> { choices in
            TaskSpec.Constraints(
                timeLimitSec: try choices.draw(
                    Generator<Int>.integer(in: 1...guardrails.maxRunDurationSec).optional),
                maxTokens: try choices.draw(
                    Generator<Int>.integer(in: 1...guardrails.maxTokensPerRun).optional),
                readOnlyPaths: try choices.draw(Generator<String>.paths.optional),
                writePaths: try choices.draw(Generator<String>.paths.optional))
        }
    }
}

extension Generator where Value == String {
    fileprivate static var paths: Generator<[String]> { relativePath.array(count: 0...5) }
}

extension Generator where Value == Guardrails {
    /// Makes limits of any sensible size.
    public static var guardrails: Generator {
        Generator { choices in
            Guardrails(
                maxArchiveBytes: try choices.draw(.integer(in: 1...1 << 40)),
                dailyRunQuota: try choices.draw(.integer(in: 0...1_000)),
                maxRunDurationSec: try choices.draw(.integer(in: 1...86_400)),
                concurrencyLimit: try choices.draw(.integer(in: 1...100)),
                maxLogBytes: try choices.draw(.integer(in: 0...1 << 30)),
                maxTokensPerRun: try choices.draw(.integer(in: 1...10_000_000)))
        }
    }
}

extension Generator where Value == GuardrailOverrides {
    /// Makes overrides of any subset of the limits.
    public static var guardrailOverrides: Generator {
        Generator { choices in
            let all = try choices.draw(Generator<Guardrails>.guardrails)
            func some<Limit>(_ limit: Limit) throws -> Limit? {
                try choices.draw(Generator<Bool>.boolean) ? limit : nil
            }
            return GuardrailOverrides(
                maxArchiveBytes: try some(all.maxArchiveBytes),
                dailyRunQuota: try some(all.dailyRunQuota),
                maxRunDurationSec: try some(all.maxRunDurationSec),
                concurrencyLimit: try some(all.concurrencyLimit),
                maxLogBytes: try some(all.maxLogBytes),
                maxTokensPerRun: try some(all.maxTokensPerRun))
        }
    }
}
