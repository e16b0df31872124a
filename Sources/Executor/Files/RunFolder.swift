// SPDX-License-Identifier: Apache-2.0

/// Where the parts of a run lie on disk.
///
/// Only this user may enter.
struct RunFolder: Sendable {
    /// The absolute path.
    let path: String

    /// The workspace: the agent's working directory.
    var workspace: String { path + "/workspace" }
    /// Where the agent leaves files that are artifacts.
    var output: String { path + "/output" }
    /// The agent's home, empty at the start.
    var home: String { path + "/home" }
    /// The agent's temporary folder.
    var temporary: String { path + "/temporary" }
    /// What the agent has no business with: archive, log, the record of the workspace.
    var records: String { path + "/records" }
    /// The prompt, for agents that read it from a file.
    var prompt: String { path + "/prompt.txt" }

    /// The workspace archive as downloaded.
    var archive: String { records + "/archive.tar.gz" }
    /// Where git keeps what the workspace was.
    var repository: String { records + "/repository" }
    /// Where the output's files are.
    var log: String { records + "/log" }
    /// The log as it is stored.
    var storedLog: String { records + "/run.log" }
    /// The difference that the agent made.
    var patch: String { records + "/changes.patch" }
    /// What is too much for single artifacts.
    var leftovers: String { records + "/more.tar.gz" }

    /// All folders, in the order in which they are made.
    var all: [String] { [path, workspace, output, home, temporary, records, repository, log] }
}
