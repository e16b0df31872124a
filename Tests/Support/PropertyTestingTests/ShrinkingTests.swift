// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import PropertyTesting

@Suite(.timeLimit(.minutes(1))) struct ShrinkingTests {
    @Test func `an integer shrinks to the least one that fails`() async throws {
        try await expectSimplest(.integer(in: 0...1_000_000), 1_234) { $0 < 1_234 }
        try await expectSimplest(.integer(in: -1_000_000...1_000_000), -77) { $0 > -77 }
        try await expectSimplest(.integer(in: 10...1_000_000), 10) { _ in false }
    }

    @Test func `an array shrinks to the one element that matters`() async throws {
        let numbers = Generator<Int>.integer(in: 0...1_000).array(count: 0...40)
        try await expectSimplest(numbers, [500]) { !$0.contains { $0 >= 500 } }
    }

    @Test func `an array keeps the least length that fails`() async throws {
        let numbers = Generator<Int>.integer(in: 0...9).array(count: 0...40)
        try await expectSimplest(numbers, [0, 0, 0]) { $0.count < 3 }
    }

    @Test func `two equal elements shrink together`() async throws {
        let numbers = Generator<Int>.integer(in: 1...50).array(count: 0...40)
        try await expectSimplest(numbers, [1, 1]) { Set($0).count == $0.count }
    }

    @Test func `an unsorted array shrinks to the smallest inversion`() async throws {
        let numbers = Generator<Int>.integer(in: 0...1_000).array(count: 0...40)
        try await expectSimplest(numbers, [1, 0]) { $0.sorted() == $0 }
    }

    @Test func `a string shrinks to its simplest offending scalar`() async throws {
        try await expectSimplest(.unicode(count: 0...30), "\u{80}") {
            $0.utf8.count == $0.unicodeScalars.count
        }
    }

    @Test func `a mapped and flat mapped value shrinks through its parts`() async throws {
        let generator = Generator<Int>.integer(in: 1...20).flatMap { count in
            Generator<Int>.integer(in: 0...100).array(count: count...count)
        }
        try await expectSimplest(generator, [0, 0, 0, 0]) { $0.count < 4 }
    }

    @Test func `an alternative shrinks to an earlier one`() async throws {
        let generator = Generator<String>.oneOf(
            .constant("first"), .constant("second"), .constant("third"))
        try await expectSimplest(generator, "second") { $0 == "first" }
    }

    @Test func `an optional value shrinks to nil unless it matters`() async throws {
        let generator = zip(
            Generator<Int>.integer(in: 0...9).optional, Generator<Int>.integer(in: 0...9).optional
        )
        .map { [$0, $1] }
        try await expectSimplest(generator, [nil, 4]) { ($0[1] ?? 0) < 4 }
    }

    @Test func `shrinking ends at its bound of attempts`() async throws {
        var run = PropertyRun(
            generator: Generator<Int>.integer(in: 0...1_000).array(count: 0...40), cases: 100,
            seed: 3)
        run.shrinkAttempts = 5
        let counterexample = try await refutation(run) { numbers in numbers.reduce(0, +) < 5_000 }
        #expect(counterexample.attempts == 5)
        #expect(counterexample.value.reduce(0, +) >= 5_000)
    }

    /// Expects the same simplest counterexample from whichever failure the search starts.
    private func expectSimplest<Value: Equatable>(
        _ generator: Generator<Value>, _ simplest: Value,
        sourceLocation: SourceLocation = #_sourceLocation, _ holds: (Value) -> Bool
    ) async throws {
        for seed in UInt64(1)...10 {
            let run = PropertyRun(generator: generator, cases: 1_000, seed: seed)
            let counterexample = try await refutation(run, holds)
            #expect(
                counterexample.value == simplest, "seed \(seed)", sourceLocation: sourceLocation)
        }
    }

    private func refutation<Value>(
        _ run: PropertyRun<Value>, _ holds: (Value) -> Bool
    ) async throws -> Counterexample<Value> {
        let outcome = await run.check { try PropertyTesting.require(holds($0)) }
        guard case .refuted(let counterexample) = outcome else {
            throw PropertyFailure("The property is never refuted: \(outcome)")
        }
        return counterexample
    }
}
