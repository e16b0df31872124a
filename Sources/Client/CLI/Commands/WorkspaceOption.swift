// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Model

/// Which workspace a command is about.
struct WorkspaceOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The workspace; else TLAO_WORKSPACE, else the one that is in use.", valueName: "id"))
    var workspace: WorkspaceID?
}
