// SPDX-License-Identifier: Apache-2.0

import Archive
import Foundation
import SystemPackage
import TestSupport

/// A folder with a target to unpack into, an archive, and neighbours that must stay as they are.
struct ArchiveScene {
    let outside: FilePath
    var target: FilePath { outside.appending("target") }
    var archive: FilePath { outside.appending("archive.tar.gz") }

    func write(_ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: archive.string))
    }

    func extract(
        limits: ExtractionLimits = ExtractionLimits()
    ) async throws -> ExtractionSummary {
        try await ArchiveExtractor(limits: limits).extract(archive, into: target)
    }

    /// Everything in the scene but the target's content.
    func surroundings() async throws -> FolderSnapshot {
        var snapshot = try await FolderSnapshot(of: outside)
        snapshot.items = snapshot.items.filter { !$0.key.description.hasPrefix("target/") }
        return snapshot
    }
}

/// Lends a fresh scene; its neighbours are a file and a folder, as an attacker would look for.
func withArchiveScene<Value>(_ body: (ArchiveScene) async throws -> Value) async throws -> Value {
    try await withTemporaryDirectory { directory in
        let scene = ArchiveScene(outside: FilePath(directory))
        let files = FileManager.default
        try files.createDirectory(atPath: scene.target.string, withIntermediateDirectories: false)
        let neighbour = scene.outside.appending("neighbour")
        try files.createDirectory(atPath: neighbour.string, withIntermediateDirectories: false)
        try Data("secret".utf8).write(to: URL(filePath: scene.outside.appending("victim").string))
        return try await body(scene)
    }
}

/// Unpacks these entries in a fresh scene.
func withExtracted<Value>(
    _ entries: [RawEntry], limits: ExtractionLimits = ExtractionLimits(),
    _ body: (ArchiveScene, ExtractionSummary) async throws -> Value
) async throws -> Value {
    try await withArchiveScene { scene in
        try scene.write(StoredGzip.compress(RawTar.archive(entries)))
        let summary = try await scene.extract(limits: limits)
        return try await body(scene, summary)
    }
}
