// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What the environment says about all properties of a test run.
struct PropertyEnvironment: Sendable {
    /// `TLAO_TEST_SEED`, decimal or with `0x`: the seed of every property that does not name its own.
    let seed: UInt64?
    /// `TLAO_TEST_CASES`, at least 1: how many times the usual number of cases is checked.
    let caseFactor: Int

    static let current = Result {
        try PropertyEnvironment(ProcessInfo.processInfo.environment)
    }

    init(_ environment: [String: String]) throws {
        seed = try environment["TLAO_TEST_SEED"].map { text in
            guard let seed = Self.number(text) else {
                throw PropertyFailure("TLAO_TEST_SEED is no 64-bit number: \(text)")
            }
            return seed
        }
        caseFactor =
            try environment["TLAO_TEST_CASES"].map { text in
                guard let factor = Int(text), (1...1_000_000).contains(factor) else {
                    throw PropertyFailure("TLAO_TEST_CASES is no factor of at least 1: \(text)")
                }
                return factor
            } ?? 1
    }

    private static func number(_ text: String) -> UInt64? {
        text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
    }
}
