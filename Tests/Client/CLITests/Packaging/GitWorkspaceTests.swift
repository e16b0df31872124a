// SPDX-License-Identifier: Apache-2.0

import Foundation
import SystemPackage
import Testing

@testable import CLI

@Suite(.timeLimit(.minutes(5))) struct GitWorkspaceTests {
    @Test func `a folder below the top is packed by the rules of the whole work tree`() async throws
    {
        try await withWorkspace { workspace in
            try workspace.write(".gitignore", "*.log\n/part/secret\n")
            try workspace.write("part/a.log")
            try workspace.write("part/secret")
            try workspace.write("part/inner/file")
            try workspace.write("elsewhere")
            _ = try await GitRepository(initializing: workspace.folder)
            let files = try await workspace.packedFiles(of: "part")
            #expect(files == ["inner/file"])
        }
    }

    @Test func `an ignored file that is tracked is packed, a missing one isn't`() async throws {
        try await withWorkspace { workspace in
            try workspace.write(".gitignore", "*.log\n")
            try workspace.write("kept.log")
            try workspace.write("missing")
            try workspace.write("gone/file")
            try workspace.write("other.log")
            let repository = try await GitRepository(initializing: workspace.folder)
            try await repository.git("add", "--force", "kept.log", "missing", "gone/file")
            try workspace.remove("missing")
            try workspace.remove("gone")
            let files = try await workspace.packedFiles()
            #expect(files == [".gitignore", "kept.log"])
        }
    }

    @Test func `an output folder is packed when git tracks something in it`() async throws {
        try await withWorkspace { workspace in
            try workspace.write("build/tracked")
            try workspace.write("build/new")
            try workspace.write("build/out/untracked")
            try workspace.write("lib/dist/untracked")
            try workspace.write("node_modules/tracked")
            try workspace.write("target")
            let repository = try await GitRepository(initializing: workspace.folder)
            try await repository.git("add", "build/tracked", "node_modules/tracked")
            let files = try await workspace.packedFiles()
            #expect(files == ["build/tracked", "build/new", "target"])
        }
    }

    @Test func `a submodule is packed as its files, and one inside it too`() async throws {
        try await withWorkspace { outer in
            for name in ["inner", "middle"] {
                try outer.write("../\(name)/.gitignore", "*.log\n")
                try outer.write("../\(name)/\(name)-file")
                let folder = outer.outside.appending(name)
                let repository = try await GitRepository(initializing: folder)
                if name == "middle" {
                    try await repository.git(
                        "submodule", "--quiet", "add", outer.outside.string + "/inner", "sub")
                }
                try await repository.git("add", "--all")
                try await repository.git("commit", "--quiet", "-m", "one")
            }
            let repository = try await GitRepository(initializing: outer.folder)
            try await repository.git(
                "submodule", "--quiet", "add", outer.outside.string + "/middle", "lib/middle")
            try await repository.git("submodule", "--quiet", "update", "--init", "--recursive")
            try outer.write("lib/middle/sub/new")
            try outer.write("lib/middle/sub/ignored.log")
            let files = try await outer.packedFiles()
            #expect(
                files == [
                    ".gitmodules", "lib/middle/.gitignore", "lib/middle/.gitmodules",
                    "lib/middle/middle-file", "lib/middle/sub/.gitignore",
                    "lib/middle/sub/inner-file", "lib/middle/sub/new",
                ])

            try await repository.git("submodule", "--quiet", "deinit", "--force", "--all")
            let uninitialized = try await outer.packedFiles()
            #expect(uninitialized == [".gitmodules"])
        }
    }

    @Test func `repositories that were only put into a folder are asked themselves`() async throws {
        for hasGit in [false, true] {
            try await withWorkspace { workspace in
                try workspace.write("top")
                try workspace.write("project/.gitignore", "*.log\n")
                try workspace.write("project/a.log")
                try workspace.write("project/build/forced")
                let inner = try await GitRepository(
                    initializing: workspace.folder.appending("project"))
                try await inner.git("add", "--force", "build/forced")
                if hasGit { _ = try await GitRepository(initializing: workspace.folder) }
                let files = try await workspace.packedFiles()
                #expect(files == ["top", "project/.gitignore", "project/build/forced"])
            }
        }
    }

    @Test func `a folder that became a link is packed as the link, not as its files`() async throws
    {
        try await withWorkspace { workspace in
            try workspace.write("folder/file")
            try workspace.write("other/file")
            let repository = try await GitRepository(initializing: workspace.folder)
            try await repository.git("add", "--all")
            try workspace.remove("folder")
            try workspace.link("folder", to: "other")
            let files = try await workspace.packedFiles()
            #expect(files == ["folder", "other/file"])
        }
    }

    @Test func `unusual names, and files in conflict, are listed once`() async throws {
        try await withWorkspace { workspace in
            let names = ["tab\tname", "line\nbreak", "? quote\"", "H 100644", "日本", " lead"]
            for name in names { try workspace.write(name) }
            let repository = try await GitRepository(initializing: workspace.folder)
            try await repository.git("add", "--all")
            try workspace.write("untracked\t1")
            let files = try await workspace.packedFiles()
            #expect(files == Set(names + ["untracked\t1"]))
        }
    }

    @Test func `variables of a git hook don't lead to another repository`() async throws {
        try await withWorkspace { workspace in
            try workspace.write("file")
            _ = try await GitRepository(initializing: workspace.folder)
            var environment = GitRepository.environment
            environment["GIT_DIR"] = "/nonexistent/.git"
            environment["GIT_INDEX_FILE"] = "/nonexistent/index"
            environment["GIT_WORK_TREE"] = "/"
            let files = try await workspace.packedFiles(environment: environment)
            #expect(files == ["file"])
        }
    }

    @Test func `what a user has git ignore everywhere stays out too`() async throws {
        try await withWorkspace { workspace in
            try workspace.write("local")
            try workspace.write("global")
            try workspace.write("kept")
            let repository = try await GitRepository(initializing: workspace.folder)
            try workspace.write(".git/info/exclude", "local\n")
            try workspace.write("../excludes", "global\n")
            let excludes = workspace.outside.appending("excludes").string
            try await repository.git("config", "core.excludesFile", excludes)
            let files = try await workspace.packedFiles()
            #expect(files == ["kept"])
        }
    }

    @Test func `what git says when it refuses is passed on`() async throws {
        try await withWorkspace { workspace in
            try workspace.write(".git/HEAD", "nonsense")
            let error = await #expect(throws: PackagingError.self) {
                try await workspace.packedFiles()
            }
            #expect(error?.code == .gitFailed)
            #expect(error?.reason.contains("not a git repository") == true)
        }
    }

    @Test func `a work tree without a git to ask is an error that says so`() async throws {
        try await withWorkspace { workspace in
            try workspace.write(".git/HEAD", "ref: refs/heads/main")
            var environment = GitRepository.environment
            environment["PATH"] = workspace.folder.string
            let error = await #expect(throws: PackagingError.self) {
                try await workspace.packedFiles(environment: environment)
            }
            #expect(error?.code == .gitMissing)
        }
    }

    @Test func `a link named .gitignore is packed but not obeyed`() async throws {
        try await withWorkspace { workspace in
            try workspace.write("rules", "file\n")
            try workspace.write("file")
            try workspace.link(".gitignore", to: "rules")
            let files = try await workspace.packedFiles()
            #expect(files == [".gitignore", "rules", "file"])
        }
    }
}
