// SPDX-License-Identifier: Apache-2.0

/// The names that users can have.
enum Usernames {
    /// Whether it is 1 to 64 of `a-z`, `0-9`, `.`, `_` and `-`.
    static func isValid(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
