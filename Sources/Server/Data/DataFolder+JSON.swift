// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Model

extension DataFolder {
    /// Reads a file of the folder; nil when it is missing.
    func read<Value: Decodable>(_ type: Value.Type, at path: String) throws -> Value? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        do {
            return try JSONText.decode(Value.self, from: data)
        } catch {
            throw ServerFailure(
                status: ServerFailure.data,
                message: "\(path) can't be read: \(error). Remove it to have it made anew.")
        }
    }
}
