// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Model
import SystemPackage

/// The file `config.json`, readable by its owner alone.
struct ConfigurationFile: Sendable {
    let path: FilePath

    /// Finds the file: `$XDG_CONFIG_HOME/tlao/config.json`, else below `~/.config`.
    ///
    /// As the XDG base directory specification asks, a relative path is taken for none.
    init(environment: [String: String]) throws(CommandFailure) {
        let folder = try UserFolders(environment: environment).configuration
        path = folder.appending("tlao").appending("config.json")
    }

    /// Reads the file; nil when there is none.
    func load() async throws(CommandFailure) -> StoredConfiguration? {
        guard let bytes = try await FileReading.contents(of: path, limit: 1 << 20) else {
            return nil
        }
        do {
            return try JSONText.decode(StoredConfiguration.self, from: bytes)
        } catch {
            throw CommandFailure(
                .badInput, "'\(path)' is damaged.", advice: ["Write it anew: tlao login"],
                cause: error)
        }
    }

    /// Replaces the file as one step, so that no reader ever sees half of it.
    ///
    /// The folder is made where it is missing, for its owner alone.
    func save(_ configuration: StoredConfiguration) async throws(CommandFailure) {
        let (path, folder) = (path, path.removingLastComponent())
        do {
            let bytes = try JSONText.bytes(configuration) + [0x0A]
            try await FileWork.run {
                try FileManager.default.createDirectory(
                    atPath: folder.string, withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
                let file = try PendingFile(in: folder)
                do {
                    try file.append(bytes)
                    try file.publish(as: path, replacing: true, permissions: .ownerReadWrite)
                } catch {
                    file.discard()
                    throw error
                }
            }
        } catch let error as Errno {
            throw CommandFailure(error, "write", path)
        } catch {
            throw CommandFailure(.internal, "Can't write '\(path)': \(error)", cause: error)
        }
    }
}
