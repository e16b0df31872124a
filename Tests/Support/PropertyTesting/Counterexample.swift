// SPDX-License-Identifier: Apache-2.0

/// The simplest case found for which a property does not hold.
struct Counterexample<Value> {
    let value: Value
    let error: any Error
    /// Which generated case failed first, counted from 1.
    let caseNumber: Int
    /// How many simpler candidates were tried.
    let attempts: Int
}

extension Counterexample {
    /// Tells a reader what failed and how to see it again.
    func report(title: String, seed: String) -> String {
        var shown = ""
        dump(value, to: &shown)
        return """
            \(title)
            Case \(caseNumber) fails: \(error)
            Simplest counterexample (\(attempts) tried):
            \(shown)Replay with TLAO_TEST_SEED=\(seed)
            """
    }
}
