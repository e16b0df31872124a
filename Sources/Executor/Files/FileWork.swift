// SPDX-License-Identifier: Apache-2.0

import Dispatch
import SystemPackage

/// Threads for file system calls that block and have no other place.
///
/// Unlike the calls of NIO's file system these also run when the task is cancelled: cleaning up
/// must.
struct FileWork: Sendable {
    /// The one set of threads of this process.
    static let shared = FileWork()

    private let queue = DispatchQueue(label: "executor.files", attributes: .concurrent)

    /// Carries out `body` on a thread that may block.
    func perform<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try body() }) }
        }
    }

    /// Adds bytes to the end of the file at `path`, which is made when missing.
    func append(_ bytes: [UInt8], to path: FilePath) async throws {
        try await perform {
            let file = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .append, .closeOnExec],
                permissions: [.ownerReadWrite])
            _ = try file.closeAfter { try file.writeAll(bytes) }
        }
    }
}
