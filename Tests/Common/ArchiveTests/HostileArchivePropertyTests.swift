// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import PropertyTesting
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(5))) struct HostileArchivePropertyTests {
    /// Archives of few names, so that they meet: most are refused, some are not.
    private static let mess: Generator<[RawEntry]> = {
        let component = Generator<String>.weighted(
            (8, .element(of: ["a", "b", "c", "A"])), (2, .constant("..")), (1, .constant(".")))
        let name = component.array(count: 1...4).map { $0.joined(separator: "/") }
        let entry = zip(
            Generator<Int>.integer(in: 0...11), name, name, Generator<Bool>.boolean
        ).map { kind, name, target, isAbsolute -> RawEntry in
            switch kind {
            case 0...4: return .file(name)
            case 5: return .directory(name + "/")
            case 6...9: return .symbolicLink(name, to: target)
            case 10: return .hardLink(name, to: isAbsolute ? "/" + target : target)
            default: return .special(isAbsolute ? "/" + name : name, type: "6")
            }
        }
        return entry.array(count: 1...6)
    }()

    @Test func `Property 28: a hostile archive writes nothing outside and is refused by name`()
        async throws
    {
        await checkProperty("Property 28", cases: 300, Self.mess) { entries in
            try await withArchiveScene { scene in
                try scene.write(StoredGzip.compress(RawTar.archive(entries)))
                let before = try await scene.surroundings()
                do {
                    _ = try await scene.extract()
                    try await Self.requireInside(scene, entries)
                } catch let error as ArchiveError {
                    let names = entries.map { String(decoding: $0.name, as: UTF8.self) }
                    let entry = try requireValue(error.entry, "No name in: \(error)")
                    // A link is named as it was placed, without its dots and double slashes.
                    try require(
                        names.contains { EntryPath($0).components == EntryPath(entry).components },
                        "No such entry: \(entry)")
                    let harmless = Self.isHarmless(entries)
                    try require(!harmless, "Refused though harmless: \(error)")
                }
                try requireEqual(try await scene.surroundings(), before)
            }
        }
    }

    /// Whether nothing could be held against these entries: distinct plain names, no links.
    private static func isHarmless(_ entries: [RawEntry]) -> Bool {
        guard entries.allSatisfy({ $0.type == "0" }) else { return false }
        let paths = entries.map { EntryPath(bytes: $0.name).components }
        let folded = paths.map { $0.map { String(decoding: $0, as: UTF8.self).lowercased() } }
        return paths.allSatisfy { !$0.isEmpty && !$0.contains(Array("..".utf8)) }
            && folded.indices.allSatisfy { index in
                folded.indices.allSatisfy { other in
                    index == other || !Set(prefixes(folded[index])).contains(folded[other])
                }
            }
            && Set(paths.flatMap(prefixes)).count == Set(folded.flatMap(prefixes)).count
    }

    private static func prefixes<Component>(_ path: [Component]) -> [[Component]] {
        path.indices.map { Array(path[...$0]) }
    }

    /// Asks the kernel where each link leads, and counts the entries.
    private static func requireInside(_ scene: ArchiveScene, _ entries: [RawEntry]) async throws {
        let root = try requireValue(realpath(of: scene.target.string))
        let items = try await FolderSnapshot(of: scene.target).items
        for (path, item) in items {
            guard case .symbolicLink = item else { continue }
            guard let end = realpath(of: "\(root)/\(path)") else { continue }
            try require(end == root || end.hasPrefix(root + "/"), "\(path) leads to \(end)")
        }
        for entry in entries {
            let components = EntryPath(bytes: entry.name).components
            guard !components.isEmpty else { continue }
            let path = EntryPath(bytes: components.joined(separator: [UInt8(ascii: "/")]))
            try require(items[path] != nil, "Missing: \(path)")
        }
    }

    private static func realpath(of path: String) -> String? {
        guard let resolved = Foundation.realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
