// SPDX-License-Identifier: Apache-2.0

import Model

/// Says what an agent is told to do.
enum PromptText {
    /// The prompt, followed by the files that it is about, where there are any.
    static func text(for input: TaskSpec.Input) -> String {
        guard let files = input.files, !files.isEmpty else { return input.prompt }
        let list = files.map { "- \($0)\n" }.joined()
        return "\(input.prompt)\n\nFiles to look at, relative to the workspace:\n\(list)"
    }
}
