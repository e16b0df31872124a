// SPDX-License-Identifier: Apache-2.0

import Model
import Processes

/// The words and the input with which a `command` agent is started.
///
/// Pure: an executor's configuration, a prompt and paths in; what is executed, without a shell,
/// out.
struct AgentCommand: Equatable, Sendable {
    /// The program and its arguments.
    let words: [String]
    /// What it reads.
    let input: HostedProcess.StandardInput

    /// The most bytes of one word: `MAX_ARG_STRLEN` of Linux, 32 pages, less its final NUL.
    static let longestWord = 131_071

    /// Fills the placeholders of the configured words in.
    ///
    /// - Throws: ``RunFault`` when a word would be longer than the system takes.
    init(_ config: ExecutorConfig, prompt: String, folder: RunFolder) throws {
        let delivery = config.promptVia ?? .argument
        var words = config.command.map { word in
            Self.fill(
                word,
                [
                    "{prompt}": prompt, "{promptFile}": folder.prompt,
                    "{workspace}": folder.workspace, "{outputDir}": folder.output,
                ])
        }
        if delivery == .argument, !config.command.contains(where: { $0.contains("{prompt}") }) {
            words.append(prompt)
        }
        for word in words where word.utf8.count > Self.longestWord {
            throw RunFault(
                .agentFailed,
                """
                The prompt makes an argument of \(word.utf8.count) bytes, and the system takes \
                \(Self.longestWord). Let the executor's command use {promptFile}, or promptVia stdin.
                """)
        }
        guard !words.contains(where: { $0.utf8.contains(0) }) else {
            throw RunFault(
                .agentFailed, "The prompt contains a NUL character, which no argument can hold.")
        }
        self.words = words
        input = delivery == .stdin ? .file(path: folder.prompt) : .none
    }

    /// Replaces placeholders in one pass, so that what is filled in is never filled in again.
    static func fill(_ word: String, _ values: [String: String]) -> String {
        var filled = ""
        var rest = word[...]
        while let brace = rest.firstIndex(of: "{") {
            filled += rest[..<brace]
            rest = rest[brace...]
            if let (name, value) = values.first(where: { rest.hasPrefix($0.key) }) {
                filled += value
                rest = rest.dropFirst(name.count)
            } else {
                filled.append(rest.removeFirst())
            }
        }
        return filled + rest
    }
}
