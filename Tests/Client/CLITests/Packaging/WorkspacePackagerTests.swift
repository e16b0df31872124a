// SPDX-License-Identifier: Apache-2.0

import Foundation
import Subprocess
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import CLI

@Suite(.timeLimit(.minutes(5))) struct WorkspacePackagerTests {
    private let packager = WorkspacePackager(environment: GitRepository.environment)

    /// What packing answers when it fails.
    private func refusal(
        _ workspace: Workspace, sizeLimit: Int64 = .max
    ) async -> PackagingError? {
        await #expect(throws: PackagingError.self) {
            let packager = WorkspacePackager(
                environment: GitRepository.environment, sizeLimit: sizeLimit)
            try await packager.withPackaged(workspace.folder) { _ in }
        }
    }

    @Test func `size and SHA-256 are those of the archive`() async throws {
        try await withWorkspace { workspace in
            try workspace.write("file", String(repeating: "some text\n", count: 100_000))
            try workspace.write("dir/other")
            try workspace.link("link", to: "file")
            try await packager.withPackaged(workspace.folder) { packaged in
                #expect(packaged.files == 3)
                #expect(packaged.contentBytes == 1_000_007)
                let bytes = try Data(contentsOf: URL(filePath: packaged.path.string))
                #expect(Int64(bytes.count) == packaged.size)
                let copy = workspace.outside.appending("copy")
                try bytes.write(to: URL(filePath: copy.string))
                let sum = try await run(
                    .name("sha256sum"), arguments: [copy.string], output: .string(limit: 1000))
                #expect(sum.standardOutput.hasPrefix(packaged.sha256 + " "))
            }
        }
    }

    @Test func `tar, an independent reader, finds the same names`() async throws {
        let long = String(repeating: "long/", count: 50) + "ünïcödé"
        try await withWorkspace { workspace in
            try workspace.write(long)
            try workspace.write("日本")
            try await packager.withPackaged(workspace.folder) { packaged in
                let bytes = try Data(contentsOf: URL(filePath: packaged.path.string))
                let copy = workspace.outside.appending("copy")
                try bytes.write(to: URL(filePath: copy.string))
                let list = try await run(
                    .name("tar"),
                    arguments: ["--quoting-style=literal", "-tzf", copy.string],
                    output: .string(limit: 10_000))
                let names = list.standardOutput.split(separator: "\n").map(String.init)
                #expect(names.sorted() == [long, "日本"].sorted())
            }
        }
    }

    @Test func `nothing is left in the temporary folder, whatever happens`() async throws {
        struct Refused: Error {}
        try await withWorkspace { workspace in
            try workspace.write("file")
            let temporary = workspace.outside.appending("temporary").string
            let files = FileManager.default
            try files.createDirectory(atPath: temporary, withIntermediateDirectories: false)
            var environment = GitRepository.environment
            environment["TMPDIR"] = temporary
            let packager = WorkspacePackager(environment: environment)
            await #expect(throws: Refused.self) {
                try await packager.withPackaged(workspace.folder) { _ in
                    // The archive has no name even while it is in use.
                    #expect(try files.contentsOfDirectory(atPath: temporary).isEmpty)
                    throw Refused()
                }
            }
        }
    }

    @Test func `progress counts files and bytes to the end`() async throws {
        try await withWorkspace { workspace in
            for number in 0..<20 { try workspace.write("file\(number)", "0123456789") }
            let seen = Mutex<[PackagingProgress]>([])
            try await packager.withPackaged(workspace.folder) { progress in
                seen.withLock { $0.append(progress) }
            } _: { _ in
            }
            let progress = seen.withLock { $0 }
            #expect(progress.map(\.files) == Array(1...20))
            #expect(progress.last?.bytes == 200)
            #expect(progress.allSatisfy { $0.listed == 20 })
        }
    }

    @Test func `a pipe is skipped and a link stays a link`() async throws {
        try await withWorkspace { workspace in
            try workspace.write("dir/file")
            try workspace.link("link", to: "dir")
            #expect(mkfifo(workspace.folder.appending("pipe").string, 0o600) == 0)
            let files = try await workspace.packedFiles()
            #expect(files == ["dir/file", "link"])
        }
    }

    @Test func `an archive over the limit is refused while it is made`() async throws {
        try await withWorkspace { workspace in
            let numbers = (0..<200_000).map { String($0 &* 2_654_435_761 % 1_000_003) }
            try workspace.write("numbers", numbers.joined())
            let error = await refusal(workspace, sizeLimit: 100_000)
            #expect(error?.code == .tooLarge)
            #expect(error?.reason.contains("100000") == true)
        }
    }

    @Test func `what no worker would unpack is refused with its name`() async throws {
        try await withWorkspace { workspace in
            try workspace.link("dir/outward", to: "../../elsewhere")
            let error = await refusal(workspace)
            #expect(error?.code == .unsafe)
            #expect(error?.reason.contains("dir/outward") == true)
        }
        try await withWorkspace { workspace in
            try workspace.write("Makefile")
            try workspace.write("makefile")
            let error = await refusal(workspace)
            #expect(error?.code == .unsafe)
            #expect(error?.reason.contains("makefile") == true)
        }
    }

    @Test func `a folder that is not there is said so`() async throws {
        let error = await #expect(throws: PackagingError.self) {
            try await packager.withPackaged("/nowhere/at/all") { _ in }
        }
        #expect(error?.code == .unreadable)
        #expect(error?.reason.contains("/nowhere/at/all") == true)
    }

    @Test func `an empty folder is an archive without files`() async throws {
        try await withWorkspace { workspace in
            let files = try await workspace.packedFiles()
            #expect(files.isEmpty)
        }
    }

    @Test func `a cancelled task stops packing`() async throws {
        try await withWorkspace { workspace in
            for number in 0..<200 { try workspace.write("file\(number)") }
            let began = TestSignal<Void>()
            let goOn = DispatchSemaphore(value: 0)
            let error = await #expect(throws: PackagingError.self) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { [packager] in
                        try await packager.withPackaged(workspace.folder) { progress in
                            guard progress.files == 1 else { return }
                            began.send()
                            goOn.wait()
                        } _: { _ in
                        }
                    }
                    try await began.next("the first file is packed")
                    group.cancelAll()
                    goOn.signal()
                    try await group.waitForAll()
                }
            }
            #expect(error?.code == .cancelled)
        }
    }
}
