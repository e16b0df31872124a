// SPDX-License-Identifier: Apache-2.0

import Archive

/// What an agent made of a workspace.
struct WorkspaceChanges: Sendable {
    /// Whether there is a patch.
    var hasPatch = false
    /// The files that are new or have another content, in order.
    var changed: [EntryPath] = []
    /// Files that were too large to be looked at: they are not in the patch.
    var tooLarge: [EntryPath] = []
}
