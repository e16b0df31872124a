// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import SystemPackage

/// What lies in a folder, as a value that can be compared.
struct FolderSnapshot: Equatable, Sendable {
    enum Item: Equatable, Sendable {
        case file(content: [UInt8], isExecutable: Bool)
        case directory
        case symbolicLink(target: [UInt8])
        case other
    }

    var items: [EntryPath: Item] = [:]

    init(of folder: FilePath) async throws {
        items = try await withSourceFolder(folder) { source in
            var items: [EntryPath: Item] = [:]
            var pending: [EntryPath] = [""]
            while let directory = pending.popLast() {
                for item in try source.items(in: directory) {
                    let path = directory.appending(item.name)
                    items[path] = try Self.item(item.kind, at: path, in: folder, &source)
                    if item.kind == .directory { pending.append(path) }
                }
            }
            return items
        }
    }

    private static func item(
        _ kind: FileKind, at path: EntryPath, in folder: FilePath, _ source: inout SourceFolder
    ) throws -> Item {
        switch kind {
        case .file:
            let content = try source.content(of: path, limit: 1 << 30) ?? []
            let name = folder.string + "/" + path.description
            return .file(
                content: content, isExecutable: FileManager.default.isExecutableFile(atPath: name))
        case .directory: return .directory
        case .symbolicLink:
            return .symbolicLink(target: try source.target(ofLink: path) ?? [])
        case .other: return .other
        }
    }
}
