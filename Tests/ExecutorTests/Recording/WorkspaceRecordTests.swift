// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import PropertyTesting
import TestSupport
import Testing

@testable import ExecutorService

@Suite(.timeLimit(.minutes(3)))
struct WorkspaceRecordTests {
    private typealias Items = [String: WorkspaceFiles.Item]

    private let items: [String: WorkspaceFiles.Item] = [
        "a.txt": .file("one\ntwo\n"), "b.bin": .bytes([0, 1, 2, 255]), "run": .executable("x\n"),
        "link": .link("a.txt"), "deep/er/c.txt": .file("c\n"), "empty": .file(""),
        "no-newline": .file("end"),
    ]

    @Test func `an unchanged workspace has no patch, touched or not`() async throws {
        try await RecordedWorkspace.with(items) { workspace in
            let changes = try await workspace.changes { folder in
                try Data("one\ntwo\n".utf8).write(to: URL(filePath: folder + "/a.txt"))
            }
            #expect(!changes.hasPatch && changes.changed == [])
        }
    }

    @Test func `every kind of change is in a patch that applies`() async throws {
        try await RecordedWorkspace.with(items) { workspace in
            let changes = try await workspace.changes { folder in
                for name in ["link", "empty", "run", "deep/er/c.txt"] {
                    try workspace.remove(name)
                }
                try WorkspaceFiles.write(
                    [
                        "a.txt": .executable("one\nzwei\n"), "b.bin": .bytes([0, 9, 255, 10, 0]),
                        "link": .link("b.bin"), "empty": .link("nowhere"),
                        "new/file": .file("new\r\n"), "no-newline": .file("end\n"),
                        "run/now-a-folder": .file("y\n"), "sp ace \"q\" é": .file("odd name\n"),
                    ], to: folder)
            }
            #expect(changes.hasPatch)
            #expect(changes.changed.map(\.description).contains("new/file"))
            #expect(
                try await workspace.patched(items)
                    == WorkspaceFiles.read(workspace.folder.workspace))
        }
    }

    @Test func `a folder that becomes a link to elsewhere is recorded as the link`() async throws {
        try await RecordedWorkspace.with(items) { workspace in
            _ = try await workspace.changes { folder in
                try workspace.remove("deep")
                try WorkspaceFiles.write(["deep": .link("/etc")], to: folder)
            }
            var expected = items
            expected["deep/er/c.txt"] = nil
            expected["deep"] = .link("/etc")
            #expect(try await workspace.patched(items) == expected)
        }
    }

    @Test func `ignored files count when they were there from the beginning`() async throws {
        var items = items
        items[".gitignore"] = .file("build/\n*.log\n")
        items["build/kept.txt"] = .file("1\n")
        items["old.log"] = .file("1\n")
        try await RecordedWorkspace.with(items) { workspace in
            let changes = try await workspace.changes { folder in
                try WorkspaceFiles.write(
                    [
                        "build/kept.txt": .file("2\n"), "old.log": .file("2\n"),
                        "build/new.txt": .file("new\n"), "new.log": .file("new\n"),
                    ], to: folder)
            }
            #expect(changes.changed.map(\.description) == ["build/kept.txt", "old.log"])
        }
    }

    @Test func `repositories inside are recorded as their files`() async throws {
        try await RecordedWorkspace.with(items) { workspace in
            let changes = try await workspace.changes { folder in
                try WorkspaceFiles.write(
                    [
                        ".git/config": .file("broken"), "sub/.git/HEAD": .file("broken"),
                        "sub/file.txt": .file("in sub\n"), "deep/.git/x": .file(""),
                    ], to: folder)
                try Self.makeRepository(folder + "/cloned")
            }
            #expect(
                changes.changed.map(\.description) == ["cloned/tracked.txt", "sub/file.txt"])
            var expected = items
            expected["cloned/tracked.txt"] = .file("t\n")
            expected["sub/file.txt"] = .file("in sub\n")
            #expect(try await workspace.patched(items) == expected)
        }
    }

    @Test func `a file that becomes a repository is recorded as its files`() async throws {
        try await RecordedWorkspace.with(items) { workspace in
            _ = try await workspace.changes { folder in
                try workspace.remove("a.txt")
                try Self.makeRepository(folder + "/a.txt")
            }
            var expected = items
            expected["a.txt"] = nil
            expected["a.txt/tracked.txt"] = .file("t\n")
            #expect(try await workspace.patched(items) == expected)
        }
    }

    @Test func `attributes and configuration of the workspace change nothing`() async throws {
        var items = items
        items[".gitattributes"] = .file("* text eol=crlf filter=evil diff=evil ident\n")
        items["crlf.txt"] = .file("$Id$\r\nb\r\n")
        try await RecordedWorkspace.with(items) { workspace in
            let mark = workspace.folder.path + "/executed"
            _ = try await workspace.changes { folder in
                let evil = """
                    [filter "evil"]
                    clean = touch \(mark)
                    [diff "evil"]
                    textconv = touch \(mark)
                    command = touch \(mark)
                    [core]
                    fsmonitor = touch \(mark)
                    hooksPath = \(folder)/hooks
                    """
                // Also where the worker keeps its own.
                for place in [folder + "/.git", workspace.folder.repository] {
                    try WorkspaceFiles.write(["config": .file(evil)], to: place)
                }
                try WorkspaceFiles.write(
                    ["info/attributes": .file("* filter=evil\n")], to: workspace.folder.repository)
                try WorkspaceFiles.write(
                    [
                        "crlf.txt": .file("$Id$\r\nc\r\n"),
                        "hooks/post-index-change": .executable("#!/bin/sh\ntouch \(mark)\n"),
                    ], to: folder)
            }
            #expect(!FileManager.default.fileExists(atPath: mark))
            let patch = String(decoding: workspace.patch, as: UTF8.self)
            #expect(patch.contains("-b\r\n+c\r\n"))
        }
    }

    @Test func `what is too large is named and not in the patch`() async throws {
        try await RecordedWorkspace.with(items) { workspace in
            let changes = try await workspace.changes(fileLimit: 1_000) { folder in
                try WorkspaceFiles.write(
                    [
                        "large.bin": .bytes([UInt8](repeating: 7, count: 1_001)),
                        "small.bin": .bytes([UInt8](repeating: 7, count: 1_000)),
                    ], to: folder)
            }
            #expect(changes.tooLarge.map(\.description) == ["large.bin"])
            #expect(changes.changed.map(\.description) == ["small.bin"])
        }
    }

    @Test func `pipes are left out, also where a file was`() async throws {
        try await RecordedWorkspace.with(items) { workspace in
            let changes = try await workspace.changes { folder in
                try workspace.remove("a.txt")
                for name in ["a.txt", "new.pipe"] {
                    #expect(mkfifo(folder + "/" + name, 0o600) == 0)
                }
            }
            #expect(changes.changed == [])
            var expected = items
            expected["a.txt"] = nil
            #expect(try await workspace.patched(items) == expected)
        }
    }

    @Test func `any changes make a patch that leads to the same files`() async {
        let names = Generator<String>.element(of: ["a", "b", "c", "d/a", "d/b", "a/x", "e/f/g"])
        // No link to itself: where one was, `git apply` (2.39) can't make a folder.
        let content = Generator<WorkspaceFiles.Item>.oneOf(
            Generator<String>.string(of: "xy\n\r", count: 0...8).map { .file($0) },
            Generator<String>.string(of: "x\n", count: 0...3).map { .executable($0) },
            .element(of: [.link("d"), .link("../out"), .bytes([0, 255])]))
        let trees = Generator<Items>.dictionary(names, content, count: 0...5).map(Self.consistent)
        await checkProperty("Any changes make a patch", cases: 12, zip(trees, trees)) {
            before, after in
            try await RecordedWorkspace.with(before) { workspace in
                let changes = try await workspace.changes { folder in
                    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
                        try workspace.remove(name)
                    }
                    try WorkspaceFiles.write(after, to: folder)
                }
                try requireEqual(changes.hasPatch, before != after)
                if changes.hasPatch {
                    try requireEqual(try await workspace.patched(before), after)
                }
            }
        }
    }

    /// Leaves out what would have to be a file and a folder at once.
    private static func consistent(_ items: Items) -> Items {
        items.filter { name, _ in !items.keys.contains { $0.hasPrefix(name + "/") } }
    }

    private static func makeRepository(_ path: String) throws {
        try WorkspaceFiles.write(["tracked.txt": .file("t\n")], to: path)
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = [
            "-c",
            """
            cd "$1" && git init -q && git add -A && \
            git -c user.name=t -c user.email=t@example.org commit -qm t
            """, "sh", path,
        ]
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
    }
}
