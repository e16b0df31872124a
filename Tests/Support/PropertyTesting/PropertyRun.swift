// SPDX-License-Identifier: Apache-2.0

/// One run of a property over generated cases, without any reporting.
struct PropertyRun<Value> {
    let generator: Generator<Value>
    let cases: Int
    let seed: UInt64
    var shrinkAttempts = 2_000
    var shrinkTime = Duration.seconds(10)

    /// The end of a run.
    enum Outcome {
        case holds
        case refuted(Counterexample<Value>)
        /// The generator rejected most of what was drawn: too few cases were checked.
        case tooFewCases(Int)
    }

    /// Checks the property case by case and shrinks the first failure.
    func check(_ property: (Value) async throws -> Void) async -> Outcome {
        var seeds = SplitMix64(seed: seed)
        var checked = 0
        for _ in 0..<cases * 10 where checked < cases {
            var choices = Choices(seed: seeds.next())
            guard let value = try? generator.generate(&choices) else { continue }
            checked += 1
            do {
                try await property(value)
            } catch {
                let failing = Counterexample(
                    value: value, error: error, caseNumber: checked, attempts: 0)
                return .refuted(await shrunk(failing, from: choices.recorded, property))
            }
        }
        return checked < cases ? .tooFewCases(checked) : .holds
    }

    private func shrunk(
        _ failing: Counterexample<Value>, from choices: [UInt64],
        _ property: (Value) async throws -> Void
    ) async -> Counterexample<Value> {
        var shrinker = Shrinker(choices, attempts: shrinkAttempts, time: shrinkTime)
        var failures: [[UInt64]: (value: Value, error: any Error)] = [:]
        await shrinker.shrink { candidate in
            var choices = Choices(replaying: candidate)
            guard let value = try? generator.generate(&choices) else { return nil }
            do {
                try await property(value)
                return nil
            } catch {
                failures[choices.recorded] = (value, error)
                return choices.recorded
            }
        }
        let simplest = failures[shrinker.best]
        return Counterexample(
            value: simplest?.value ?? failing.value, error: simplest?.error ?? failing.error,
            caseNumber: failing.caseNumber, attempts: shrinker.attempts)
    }
}
