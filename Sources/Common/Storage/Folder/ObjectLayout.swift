// SPDX-License-Identifier: Apache-2.0

import Crypto
import Storage
import SystemPackage

/// Where things lie below a store's root folder.
///
/// The object `a/b` is the file `objects/a/b`. File systems take names of up to 255 bytes; a longer
/// component is cut and carries its SHA-256 after a `~`, which no key has. (So no object can be at
/// `a` and another at `a/b`.)
struct ObjectLayout: Sendable {
    private static let longestName = 255
    private static let keptOfLongName = 180

    /// The folder of finished objects.
    let objects: FilePath

    /// The folder of those on their way in; on the same file system, so that a rename is enough.
    let incoming: FilePath

    /// Lays out the folder at `root`.
    init(root: String) {
        objects = FilePath(root).appending("objects")
        incoming = FilePath(root).appending("incoming")
    }

    /// Finds the file of the object at `key`; throws `invalidKey` for a key that is not of the
    /// form.
    func file(of key: String) throws(ObjectStoreError) -> FilePath {
        try ObjectKey.check(key)
        return key.split(separator: "/").reduce(objects) { path, component in
            path.appending(Self.name(of: component))
        }
    }

    private static func name(of component: Substring) -> String {
        guard component.utf8.count > longestName else { return String(component) }
        let digest = SHA256.hash(data: Array(component.utf8))
        return component.prefix(keptOfLongName) + "~" + HexadecimalDigits.text(of: digest)
    }
}
