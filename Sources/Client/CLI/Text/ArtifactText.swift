// SPDX-License-Identifier: Apache-2.0

import API
import Model

/// Artifacts as people read them.
enum ArtifactText {
    static func table(of artifacts: [ArtifactResponse]) -> Table {
        var table = Table("ID", "TYPE", "SIZE", "STATUS", "CREATED", "NAME")
        for artifact in artifacts {
            table.add(
                artifact.artifactId.text, artifact.artifactType.rawValue,
                ByteCount.text(artifact.size), artifact.status.rawValue,
                TimeText.age(of: artifact.createdAt), artifact.fileName)
        }
        return table
    }
}
