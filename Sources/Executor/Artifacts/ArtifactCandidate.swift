// SPDX-License-Identifier: Apache-2.0

import Archive
import Model

/// A file that may become an artifact.
struct ArtifactCandidate: Equatable, Sendable {
    /// Where it was found.
    enum Origin: String, Sendable {
        /// The folder for what the agent made beside the workspace.
        case output
        /// The workspace.
        case workspace
        /// The worker itself.
        case record
    }

    let origin: Origin
    /// Its path below the origin.
    let path: EntryPath
    /// Its size in bytes.
    let size: Int64

    /// Its path as an artifact's name; nil when it is not UTF-8, so that no name would be the
    /// file's.
    var fileName: String? { String(validating: path.bytes, as: UTF8.self) }

    /// Whether a changed file of the workspace is an artifact of its own, beside the patch.
    static func isDocumentOrPlan(_ path: EntryPath) -> Bool {
        let classification = ArtifactClassification(fileName: path.description)
        return classification.artifactType == .executionPlan
            || classification.mediaType == "text/markdown"
    }
}
