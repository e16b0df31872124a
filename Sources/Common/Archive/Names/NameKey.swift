// SPDX-License-Identifier: Apache-2.0

/// Equal for two names that some file system takes for the same.
///
/// Folds case, and, because strings compare by canonical equivalence, Unicode composition.
enum NameKey: Hashable {
    /// Folded text.
    case text(String)
    /// A name that is not UTF-8, or that is only to equal itself.
    case bytes([UInt8])

    init(folding name: [UInt8]) {
        if name.allSatisfy({ $0 < 0x80 }) {
            self = .text(String(decoding: name.map(lowercased), as: UTF8.self))
        } else if let text = String(validating: name, as: UTF8.self) {
            // Up and down again: some letters only meet in upper case ('ſ' and 's').
            self = .text(text.uppercased().lowercased())
        } else {
            self = .bytes(name.map(lowercased))
        }
    }

    init(exactly name: [UInt8]) {
        self = .bytes(name)
    }
}

private func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
