// SPDX-License-Identifier: Apache-2.0

import FolderStorage
import Storage

extension FolderObjectStore {
    /// All bytes of an object.
    func bytes(_ key: String) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in try await get(key, range: nil).body { bytes += chunk }
        return bytes
    }
}
