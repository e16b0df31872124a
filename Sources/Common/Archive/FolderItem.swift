// SPDX-License-Identifier: Apache-2.0

/// One name in a folder.
public struct FolderItem: Sendable, Hashable {
    /// The single component, as bytes.
    public let name: [UInt8]

    /// What it stands for; of a link the link, not its target.
    public let kind: FileKind

    /// Makes an item, for example to look for it in a list.
    public init(name: [UInt8], kind: FileKind) {
        self.name = name
        self.kind = kind
    }
}
