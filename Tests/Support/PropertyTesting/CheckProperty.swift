// SPDX-License-Identifier: Apache-2.0

import Testing

/// Checks that a property holds for every value of a generator.
///
/// At least `cases` values are checked, one after the other; a case refutes the property by throwing
/// (see `require`). The first failure is shrunk, for at most ten seconds, and recorded as one issue
/// of the current test, with the simplest counterexample, its error and the seed.
///
/// The seed is printed once. It is `seed` if given, else that of the environment's
/// `TLAO_TEST_SEED`, else a random one; `TLAO_TEST_CASES` multiplies the number of cases.
public func checkProperty<Value>(
    _ title: String, cases: Int = 100, seed: UInt64? = nil, _ generator: Generator<Value>,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column, _ property: (Value) async throws -> Void
) async {
    let report = await refutation(of: title, cases: cases, seed: seed, generator, property)
    guard let report else { return }
    Issue.record(
        "\(report)",
        sourceLocation: SourceLocation(
            fileID: fileID, filePath: filePath, line: line, column: column))
}

/// Runs the property and answers what to tell about it when it does not hold.
func refutation<Value>(
    of title: String, cases: Int = 100, seed: UInt64? = nil, _ generator: Generator<Value>,
    _ property: (Value) async throws -> Void
) async -> String? {
    do {
        let environment = try PropertyEnvironment.current.get()
        let run = PropertyRun(
            generator: generator, cases: cases * environment.caseFactor,
            seed: seed ?? environment.seed ?? .random(in: 0...UInt64.max))
        let shownSeed = "0x" + String(run.seed, radix: 16, uppercase: true)
        print("\(title): \(run.cases) cases, seed \(shownSeed)")
        switch await run.check(property) {
        case .holds:
            return nil
        case .refuted(let counterexample):
            return counterexample.report(title: title, seed: shownSeed)
        case .tooFewCases(let checked):
            return "\(title): the generator rejects too much, only \(checked) cases were checked."
        }
    } catch {
        return "\(title): \(error)"
    }
}
