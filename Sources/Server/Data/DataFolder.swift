// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import Glibc
import SystemPackage

/// The folder in which everything of one installation lies.
struct DataFolder: Sendable {
    let path: String

    var tablePath: String { path + "/tlao.sqlite" }
    var objectsPath: String { path + "/objects" }
    var workPath: String { path + "/work" }
    var credentialsPath: String { path + "/credentials.json" }
    var tokenKeyPath: String { path + "/jwt.key" }
    var upPath: String { path + "/up.json" }

    /// Opens the folder; creates it, for its owner only, where it is missing.
    init(path: String) throws {
        self.path =
            path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        do {
            try FileManager.default.createDirectory(
                atPath: self.path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw ServerFailure(
                status: ServerFailure.unavailable,
                message: "The data folder \(self.path) can't be made: \(error)")
        }
    }

    /// Writes a file of mode 0600 under another name and renames it into place: it is there whole,
    /// or not.
    func write(_ bytes: [UInt8], to path: String) throws {
        let temporary = FilePath(path + ".new")
        let file = try FileDescriptor.open(
            temporary, .writeOnly, options: [.create, .truncate, .closeOnExec],
            permissions: [.ownerRead, .ownerWrite])
        try file.closeAfter {
            try file.writeAll(bytes)
            guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
        }
        guard unsafe rename(temporary.string, path) == 0 else { throw Errno(rawValue: errno) }
    }

    /// The key that tokens are signed with; made once, and kept.
    func tokenKey() throws -> [UInt8] {
        if let key = FileManager.default.contents(atPath: tokenKeyPath) { return Array(key) }
        let key = SymmetricKey(size: .bits256)
        // The only way to a key's bytes; they are copied before the pointer ends.
        let bytes = unsafe key.withUnsafeBytes { unsafe Array($0) }
        try write(bytes, to: tokenKeyPath)
        return bytes
    }
}
