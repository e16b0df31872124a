// SPDX-License-Identifier: Apache-2.0

import Foundation
import PropertyTesting

/// The random numbers of a test, from `TLAO_TEST_SEED` where it is set, with the seed printed.
enum TestSeed {
    static func generator(of test: String) throws -> SplitMix64 {
        var seed = UInt64.random(in: 0...UInt64.max)
        if let text = ProcessInfo.processInfo.environment["TLAO_TEST_SEED"] {
            let number =
                text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
            guard let number else { throw BadSeed(text: text) }
            seed = number
        }
        print("\(test): TLAO_TEST_SEED=\(seed)")
        return SplitMix64(seed: seed)
    }

    struct BadSeed: Error {
        let text: String
    }
}
