// SPDX-License-Identifier: Apache-2.0

/// What a name in a folder or an archive stands for.
public enum FileKind: Sendable, Hashable {
    /// A regular file.
    case file
    /// A folder.
    case directory
    /// A symbolic link.
    case symbolicLink
    /// A socket, a pipe or a device.
    case other
}
