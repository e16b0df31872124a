// SPDX-License-Identifier: Apache-2.0

/// Writes an archive: lends a writer to `body`, and finishes the archive when `body` returns.
///
/// `body` runs on a thread of its own and may block. When it throws, or the archive's end can't be
/// written, the archive is not usable and a new file is removed. A cancelled task gets
/// ``ArchiveError/Code/cancelled`` before the next block is read.
public func withArchiveWriter<Value: Sendable>(
    to destination: ArchiveDestination, options: ArchiveOptions = ArchiveOptions(),
    _ body: @escaping @Sendable (inout ArchiveWriter) throws -> Value
) async throws -> Value {
    try await BlockingThread.run { cancellation in
        // Held outside the locale's scope, whose errors are of one type only.
        var outcome: Result<Value, any Error> = .failure(ArchiveError.cancelled)
        try LibraryLocale.utf8.with { () throws(ArchiveError) in
            var writer = try ArchiveWriter(
                destination, options: options, cancellation: cancellation)
            outcome = Result { try body(&writer) }
            guard case .success = outcome else { return }
            try writer.finish()
        }
        return try outcome.get()
    }
}
