// SPDX-License-Identifier: Apache-2.0

import Archive
import SystemPackage

extension FilePath {
    /// The path of an entry below this one, byte by byte.
    func appending(_ entry: EntryPath) -> FilePath {
        let characters = entry.bytes.map { CInterop.PlatformChar(bitPattern: $0) } + [0]
        return appending(FilePath(platformString: characters).components)
    }
}
