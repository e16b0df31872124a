// SPDX-License-Identifier: Apache-2.0

import SystemPackage

extension Console {
    private static let answerLimit = 100_000

    /// Asks for a line of text; nil where nobody can be asked or nothing is answered.
    func text(_ question: String) async throws -> String? {
        guard mayAsk else { return nil }
        let line = try await ask(question + " ") {
            try FileReading.readLine(.standardInput, limit: Self.answerLimit)
        }
        return line.flatMap { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
    }

    /// Asks for a secret, which the terminal doesn't show.
    func secret(_ question: String) async throws -> String? {
        guard mayAsk else { return nil }
        let line = try await ask(question + " ") {
            try TerminalEcho.without(.standardInput) {
                try FileReading.readLine(.standardInput, limit: Self.answerLimit)
            }
        }
        // The line end that was typed was not shown either.
        await complain("")
        return line.flatMap { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
    }

    /// Asks a question of yes and no; an empty answer is yes.
    func agrees(to question: String) async throws -> Bool {
        let answer = try await text(question + " [Y/n]") ?? "y"
        return answer.lowercased().hasPrefix("y")
    }
}
