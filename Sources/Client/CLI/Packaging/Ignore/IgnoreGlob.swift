// SPDX-License-Identifier: Apache-2.0

/// A compiled pattern of a `.gitignore` file, matched against bytes (gitignore(5)).
struct IgnoreGlob: Sendable, Equatable {
    private enum Token: Equatable, Sendable {
        case byte(UInt8)
        /// `?`
        case anyByte
        /// `[…]`
        case set(ByteSet)
        /// `*`: anything but a slash.
        case star
        /// `**` between slashes or ends: anything at all.
        case anything
        /// `**/`: nothing, or whole folders.
        case folders
    }

    private let tokens: [Token]
    /// The pattern can match nothing: a set without its end, a backslash at the end.
    private let isVoid: Bool

    /// Compiles `pattern`; slashes are ordinary bytes unless it is a path pattern.
    init(_ pattern: ArraySlice<UInt8>, isPath: Bool) {
        var parser = IgnoreGlobParser(pattern, isPath: isPath)
        var tokens: [Token] = []
        var isVoid = false
        while let element = parser.next() {
            switch element {
            case .byte(let byte): tokens.append(.byte(byte))
            case .anyByte: tokens.append(.anyByte)
            case .set(let set): tokens.append(.set(set))
            case .star: tokens.append(isPath ? .star : .anything)
            case .anything: tokens.append(.anything)
            case .folders: tokens.append(.folders)
            case .malformed: isVoid = true
            }
        }
        self.tokens = tokens
        self.isVoid = isVoid
    }

    /// Whether the whole of `text` matches.
    ///
    /// Follows all ways at once, so that it takes time in proportion to pattern times text
    /// whatever the pattern is.
    func matches(_ text: ArraySlice<UInt8>) -> Bool {
        guard !isVoid, mayBegin(text) else { return false }
        // Which tokens may come next; the last one stands for the pattern's end.
        var current = [Bool](repeating: false, count: tokens.count + 1)
        current[0] = true
        spread(&current, at: text.startIndex, in: text)
        for index in text.indices {
            var next = [Bool](repeating: false, count: tokens.count + 1)
            var isAlive = false
            for (position, token) in tokens.enumerated() where current[position] {
                guard consumes(token, text[index]) else { continue }
                next[repeats(token) ? position : position + 1] = true
                isAlive = true
            }
            guard isAlive else { return false }
            spread(&next, at: index + 1, in: text)
            current = next
        }
        return current[tokens.count]
    }

    /// Most names differ from most patterns in their first byte.
    private func mayBegin(_ text: ArraySlice<UInt8>) -> Bool {
        guard case .byte(let byte)? = tokens.first else { return true }
        return text.first == byte
    }

    private func consumes(_ token: Token, _ byte: UInt8) -> Bool {
        switch token {
        case .byte(let own): own == byte
        case .anyByte, .star: byte != UInt8(ascii: "/")
        case .set(let set): byte != UInt8(ascii: "/") && set.contains(byte)
        case .anything, .folders: true
        }
    }

    private func repeats(_ token: Token) -> Bool {
        token == .star || token == .anything || token == .folders
    }

    /// Adds the tokens that are reached without another byte.
    private func spread(_ positions: inout [Bool], at index: Int, in text: ArraySlice<UInt8>) {
        for (position, token) in tokens.enumerated() where positions[position] {
            switch token {
            case .star, .anything: positions[position + 1] = true
            case .folders:
                // Only whole folders: what comes next begins a component.
                if index == text.startIndex || text[index - 1] == UInt8(ascii: "/") {
                    positions[position + 1] = true
                }
            case .byte, .anyByte, .set: break
            }
        }
    }
}
