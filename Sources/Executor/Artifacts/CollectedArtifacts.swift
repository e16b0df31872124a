// SPDX-License-Identifier: Apache-2.0

import Model

/// What a run produced, as far as it has been stored.
struct CollectedArtifacts: Sendable {
    /// All that were recorded, in that order.
    private(set) var all: [Artifact] = []
    /// Which of them is the log.
    var logID: ArtifactID?
    /// Whether the stored log is shorter than the output was.
    var isLogTruncated = false
    /// What the run's reader should know.
    var warnings: [RunWarning] = []

    mutating func add(_ artifact: Artifact) { all.append(artifact) }

    /// The one that could not be stored, if any.
    var lost: Artifact? { all.first { $0.status == .uploadFailed } }

    /// Adds a warning for each expected kind that is missing.
    mutating func warnOfMissing(_ expected: [ArtifactType]) {
        let found = Set(all.filter { $0.status == .stored }.map(\.artifactType))
        var missing: [ArtifactType] = []
        for type in expected where !found.contains(type) && !missing.contains(type) {
            missing.append(type)
            warnings.append(
                RunWarning(
                    code: .artifactMissing,
                    message: "No artifact of the expected kind \(type.rawValue) was produced."))
        }
    }
}
