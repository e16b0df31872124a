// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Workspaces for tests: files in memory, as archives and on disk.
enum WorkspaceFiles {
    /// What stands at a path.
    enum Item: Sendable, Equatable {
        case file(String)
        case executable(String)
        case bytes([UInt8])
        case link(String)
    }

    /// Packs items as the command line does.
    static func archive(_ items: [String: Item]) async throws -> [UInt8] {
        try await withTemporaryDirectory { folder in
            let path = folder + "/archive.tar.gz"
            try await withArchiveWriter(to: .newFile(FilePath(path))) { writer in
                for (name, item) in items.sorted(by: { $0.key < $1.key }) {
                    switch item {
                    case .file(let text):
                        try writer.addFile(EntryPath(name), content: Array(text.utf8))
                    case .executable(let text):
                        try writer.addFile(
                            EntryPath(name), content: Array(text.utf8), isExecutable: true)
                    case .bytes(let bytes): try writer.addFile(EntryPath(name), content: bytes)
                    case .link(let target):
                        try writer.addSymbolicLink(EntryPath(name), target: Array(target.utf8))
                    }
                }
            }
            return Array(try Data(contentsOf: URL(filePath: path)))
        }
    }

    /// Writes items below a folder.
    static func write(_ items: [String: Item], to folder: String) throws {
        let files = FileManager.default
        for (name, item) in items {
            let path = folder + "/" + name
            try files.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent,
                withIntermediateDirectories: true)
            switch item {
            case .file(let text): try Data(text.utf8).write(to: URL(filePath: path))
            case .bytes(let bytes): try Data(bytes).write(to: URL(filePath: path))
            case .executable(let text):
                try Data(text.utf8).write(to: URL(filePath: path))
                try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            case .link(let target):
                try files.createSymbolicLink(atPath: path, withDestinationPath: target)
            }
        }
    }

    /// What is below a folder, but nothing of git's own.
    static func read(_ folder: String) throws -> [String: Item] {
        let files = FileManager.default
        var items: [String: Item] = [:]
        for name in try files.subpathsOfDirectory(atPath: folder)
        where !name.split(separator: "/").contains(".git") {
            let path = folder + "/" + name
            let attributes = try files.attributesOfItem(atPath: path)
            switch attributes[.type] as? FileAttributeType {
            case .typeSymbolicLink:
                items[name] = .link(try files.destinationOfSymbolicLink(atPath: path))
            case .typeRegular:
                let bytes = Array(try Data(contentsOf: URL(filePath: path)))
                let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
                let text = String(validating: bytes, as: UTF8.self)
                if mode & 0o100 != 0 {
                    items[name] = .executable(text ?? "")
                } else {
                    items[name] = text.map { .file($0) } ?? .bytes(bytes)
                }
            default: break
            }
        }
        return items
    }

    /// Applies a patch with `git apply`, as a user does.
    static func apply(_ patch: [UInt8], in folder: String) async throws {
        try await withTemporaryDirectory { place in
            let path = place + "/changes.patch"
            try Data(patch).write(to: URL(filePath: path))
            let result = try await Subprocess.run(
                .name("git"), arguments: ["apply", path], workingDirectory: FilePath(folder),
                output: .string(limit: 65_536), error: .string(limit: 65_536))
            #expect(
                result.terminationStatus.isSuccess,
                "git apply: \(result.standardError ?? "")")
        }
    }
}
