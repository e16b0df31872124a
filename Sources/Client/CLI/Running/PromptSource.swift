// SPDX-License-Identifier: Apache-2.0

/// Where the prompt comes from: the command line, standard input, the kind of run, the terminal.
struct PromptSource {
    let console: Console

    /// The API's own bound, so that what is too long is said before anything is packed.
    private static let limit = 100_000

    func prompt(_ given: String?, for kind: RunKind) async throws -> String {
        let prompt = try await text(given, for: kind)
        guard !prompt.utf8.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) else {
            throw CommandFailure(.usage, "The prompt is empty.", advice: Self.advice(kind))
        }
        guard prompt.utf8.count <= Self.limit else {
            throw CommandFailure(
                .badInput,
                "The prompt has \(prompt.utf8.count) bytes; \(Self.limit) are allowed.",
                advice: ["Put the text into a file of the folder, and name it in the prompt."])
        }
        return prompt
    }

    private func text(_ given: String?, for kind: RunKind) async throws -> String {
        if given == "-" { return try await standardInput() }
        if let text = given ?? kind.defaultPrompt { return text }
        if let answer = try await console.text("What is to be done?") { return answer }
        throw CommandFailure(.usage, "There is no prompt.", advice: Self.advice(kind))
    }

    private func standardInput() async throws -> String {
        // One byte more tells what is too long from what just fits.
        let bytes = try await FileReading.standardInput(limit: Self.limit + 1)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(.badInput, "The prompt on standard input is not UTF-8.")
        }
        return text
    }

    private static func advice(_ kind: RunKind) -> [String] {
        [
            "Say what to do: tlao run \(kind.rawValue) \"…\"",
            "Or pass it by standard input: tlao run \(kind.rawValue) - < FILE",
        ]
    }
}
