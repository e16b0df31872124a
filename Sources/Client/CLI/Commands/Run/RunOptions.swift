// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Model

/// What a run is asked to do, on what, within which limits.
struct RunOptions: ParsableArguments {
    @Argument(help: "What to do, in words; - reads it from standard input.")
    var prompt: String?

    @Option(help: ArgumentHelp("The folder to hand over.", valueName: "dir"))
    var path = "."

    @OptionGroup var choice: WorkspaceOption

    @Option(
        help: ArgumentHelp("The agent; else one that does this kind of work.", valueName: "name"))
    var executor: String?

    @Option(help: ArgumentHelp("How long it may take, in seconds.", valueName: "s"))
    var timeLimit: Int?

    @Option(
        name: .customLong("write-path"),
        help: ArgumentHelp("The only path the agent may write; may be repeated.", valueName: "path")
    )
    var writePaths: [String] = []

    @Option(
        name: .customLong("read-only-path"),
        help: ArgumentHelp("A path the agent may not write; may be repeated.", valueName: "path"))
    var readOnlyPaths: [String] = []

    @Option(help: ArgumentHelp("0 to 9, higher first, within the workspace.", valueName: "n"))
    var priority: Int?

    @Flag(help: "Print the run's id and leave; the run goes on.")
    var detach = false

    func validate() throws {
        if let priority, !(0...9).contains(priority) {
            throw ValidationError("--priority is 0 to 9.")
        }
        if let timeLimit, timeLimit < 1 {
            throw ValidationError("--time-limit is at least 1 second.")
        }
        if prompt?.isEmpty == true {
            throw ValidationError("The prompt is empty.")
        }
    }

    /// The limits that were given; nil when none was.
    var constraints: TaskSpec.Constraints? {
        guard timeLimit != nil || !writePaths.isEmpty || !readOnlyPaths.isEmpty else { return nil }
        return TaskSpec.Constraints(
            timeLimitSec: timeLimit, readOnlyPaths: readOnlyPaths.isEmpty ? nil : readOnlyPaths,
            writePaths: writePaths.isEmpty ? nil : writePaths)
    }
}
