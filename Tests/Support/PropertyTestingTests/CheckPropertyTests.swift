// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import PropertyTesting

@Suite(.timeLimit(.minutes(1))) struct CheckPropertyTests {
    @Test func `every case of a property that holds is checked`() async {
        var checked = 0
        await checkProperty("A boolean is a boolean", cases: 120, .boolean) { _ in checked += 1 }
        #expect(checked >= 120)
    }

    @Test func `a refuted property is reported with seed, counterexample and error`() async throws {
        let refutation = await refutation(
            of: "Small numbers", seed: 0xBEEF, Generator<Int>.integer(in: 0...1_000)
        ) { number in
            try PropertyTesting.require(number < 10, "Ten or more.")
        }
        let report = try #require(refutation)
        #expect(report.contains("Small numbers"))
        #expect(report.contains("TLAO_TEST_SEED=0xBEEF"))
        #expect(report.contains("- 10\n"))
        #expect(report.contains("Ten or more."))
    }

    @Test func `the same seed checks the same values`() async {
        var first: [Int] = []
        var second: [Int] = []
        await checkProperty("First", seed: 7, .integer(in: 0...1_000)) { first.append($0) }
        await checkProperty("Second", seed: 7, .integer(in: 0...1_000)) { second.append($0) }
        #expect(first.count >= 100)
        #expect(first == second)
    }

    @Test func `a generator that rejects nearly everything is reported`() async throws {
        let run = PropertyRun(
            generator: Generator<Int>.integer(in: 0...1_000).filter { $0 == 77 && $0 == 78 },
            cases: 10, seed: 1)
        let outcome = await run.check { _ in }
        guard case .tooFewCases(0) = outcome else {
            Issue.record("The run ended otherwise: \(outcome)")
            return
        }
    }

    @Test func `the environment names a seed in decimal or hexadecimal and a factor`() throws {
        #expect(try PropertyEnvironment(["TLAO_TEST_SEED": "0xff"]).seed == 255)
        #expect(try PropertyEnvironment(["TLAO_TEST_SEED": "255"]).seed == 255)
        #expect(try PropertyEnvironment(["TLAO_TEST_CASES": "20"]).caseFactor == 20)
        #expect(try PropertyEnvironment([:]).caseFactor == 1)
        #expect(throws: PropertyFailure.self) { try PropertyEnvironment(["TLAO_TEST_SEED": "x"]) }
        #expect(throws: PropertyFailure.self) { try PropertyEnvironment(["TLAO_TEST_CASES": "0"]) }
    }

    @Test func `requirements refute with what they saw`() async throws {
        #expect(throws: PropertyFailure.self) { try PropertyTesting.require(false) }
        #expect(throws: Never.self) { try requireEqual([1, 2], [1, 2]) }
        let failure = #expect(throws: PropertyFailure.self) {
            try requireEqual(1, 2, "Sizes differ.")
        }
        #expect(failure?.message == "Sizes differ. Got 1, expected 2.")
        #expect(try requireValue(Int("7")) == 7)
        #expect(throws: PropertyFailure.self) { try requireValue(Int("x")) }
        await #expect(throws: PropertyFailure.self) {
            try await requireThrows(RejectedChoices.self) { throw CancellationError() }
        }
        try await requireThrows(RejectedChoices.self) { throw RejectedChoices() }
    }
}
