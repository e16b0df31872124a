// SPDX-License-Identifier: Apache-2.0

import Archive
import FoundationEssentials
import SystemPackage

/// Turns a folder into the tar.gz that a run works on.
///
/// In it is what git tracks or would add, less ``PackagingRules``; submodules as their files, links
/// as links, no folders of their own. Sockets and pipes are skipped, as is a tracked file that is
/// missing; a file that can't be read is an error. Memory is constant but for the names.
struct WorkspacePackager: Sendable {
    /// The environment in which git runs, less git's own variables; `TMPDIR` is used too.
    let environment: [String: String]

    /// Bytes that the archive may have; larger ones are refused while they are made.
    let sizeLimit: Int64

    /// Makes a packager; without a limit the server decides what is too large.
    init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        sizeLimit: Int64 = .max
    ) {
        self.environment = environment
        self.sizeLimit = sizeLimit
    }

    /// Packs `folder` and lends the archive to `body`; it is gone when `body` returns.
    ///
    /// `progress` is called after each file, on the thread that packs: it must be quick. Every
    /// failure to pack is a ``PackagingError``.
    func withPackaged<Value>(
        _ folder: FilePath, progress: @escaping @Sendable (PackagingProgress) -> Void = { _ in },
        _ body: (PackagedWorkspace) async throws -> Value
    ) async throws -> Value {
        let (packaged, spool) = try await packaging(folder) {
            let place = try await withSourceFolder(folder) { $0.path }
            let files = try await WorkspaceListing(git: GitCommand(environment: environment))
                .files(of: place)
            return try await pack(files, of: place, progress)
        }
        let value: Value
        do {
            value = try await body(packaged)
        } catch {
            // The body's error is the one to tell; the file has no name that could stay behind.
            try? spool.close()
            throw error
        }
        try spool.close()
        return value
    }

    private func pack(
        _ files: [EntryPath], of folder: FilePath,
        _ progress: @escaping @Sendable (PackagingProgress) -> Void
    ) async throws -> (PackagedWorkspace, ArchiveSpool) {
        let temporary = FilePath(environment["TMPDIR"] ?? "/tmp")
        let limit = sizeLimit
        let spool = try await withSourceFolder(temporary) { _ in
            try ArchiveSpool(in: temporary, sizeLimit: limit)
        }
        do {
            let packed = try await withArchiveWriter(to: .chunks(spool.append)) { writer in
                try Self.write(files, of: folder, to: &writer, progress)
            }
            return (
                PackagedWorkspace(
                    path: spool.path, size: spool.size, sha256: spool.sha256,
                    files: packed.files, contentBytes: packed.bytes), spool
            )
        } catch {
            try? spool.close()
            throw error
        }
    }

    private static func write(
        _ files: [EntryPath], of folder: FilePath, to writer: inout ArchiveWriter,
        _ progress: @Sendable (PackagingProgress) -> Void
    ) throws -> PackagingProgress {
        var source = try SourceFolder(folder)
        var state = PackagingProgress(listed: files.count)
        for path in files {
            try writer.addItem(path, of: &source)
            state.files = writer.entries
            state.bytes = writer.contentBytes
            progress(state)
        }
        return state
    }

    /// Says what went wrong in the words of this module.
    private func packaging<Value>(
        _ folder: FilePath, _ body: () async throws -> Value
    ) async throws(PackagingError) -> Value {
        do {
            return try await body()
        } catch let error as PackagingError {
            throw Task.isCancelled ? PackagingError(cancelled: error) : error
        } catch let error as ArchiveError {
            throw PackagingError(error)
        } catch {
            throw PackagingError(
                Task.isCancelled ? .cancelled : .writingFailed,
                "The folder '\(folder)' can't be packed: \(error)", cause: error)
        }
    }
}

extension PackagingError {
    fileprivate init(cancelled error: any Error) {
        self.init(.cancelled, "Packing the folder was cancelled.", cause: error)
    }

    fileprivate init(_ error: ArchiveError) {
        // What the spool refused passes through the writer as a cause.
        if let own = error.cause as? PackagingError {
            self = own
            return
        }
        switch error.code {
        case .cancelled: self.init(cancelled: error)
        case .sourceUnreadable, .sourceChanged: self.init(.unreadable, error.reason, cause: error)
        case .unsafeEntry, .duplicateEntry, .limitExceeded:
            let advice = "No worker would unpack it: rename it, or list it in .gitignore."
            self.init(.unsafe, "\(error.reason) \(advice)", cause: error)
        default: self.init(.writingFailed, error.reason, cause: error)
        }
    }
}
