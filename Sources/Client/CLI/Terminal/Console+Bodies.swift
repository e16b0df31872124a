// SPDX-License-Identifier: Apache-2.0

extension Console {
    /// Prints an answer of the API unchanged, on a line of its own.
    func print(body: [UInt8]) async throws {
        try await write(body.last == UInt8(ascii: "\n") ? body : body + [UInt8(ascii: "\n")])
    }

    /// Prints lines.
    func print(_ lines: [String]) async throws {
        guard !lines.isEmpty else { return }
        try await print(lines.joined(separator: "\n"))
    }
}
