// SPDX-License-Identifier: Apache-2.0

/// Where objects stand in the object store; clients and bucket policies rely on these forms.
public enum ObjectKeys {
    /// The key of a task's specification document.
    public static func taskSpec(_ task: TaskID, in workspace: WorkspaceID) -> String {
        "workspaces/\(workspace)/tasks/\(task)/taskspec.json"
    }

    /// The key of an uploaded workspace archive.
    public static func archive(_ archive: ArchiveID, in workspace: WorkspaceID) -> String {
        "workspaces/\(workspace)/archives/\(archive).tar.gz"
    }

    /// The key of an artifact: its identifier, then the last component of its file name with every
    /// character other than `[A-Za-z0-9._-]` replaced by `_`, at most the last 128 of them.
    public static func artifact(
        _ artifact: ArtifactID, fileName: String, run: RunID, in workspace: WorkspaceID
    ) -> String {
        let component = fileName.split(separator: "/").last.map(String.init) ?? "artifact"
        let plain = String(component.unicodeScalars.map { isPlain($0) ? Character($0) : "_" })
        return "workspaces/\(workspace)/runs/\(run)/artifacts/\(artifact)-\(plain.suffix(128))"
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "A"..."Z", "a"..."z", "0"..."9", ".", "_", "-": true
        default: false
        }
    }
}
