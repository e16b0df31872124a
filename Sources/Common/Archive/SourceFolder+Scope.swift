// SPDX-License-Identifier: Apache-2.0

public import SystemPackage

/// Opens a folder for reading and lends it to `body`, on a thread that may block.
///
/// The cooperative pool is never blocked. When the task is cancelled, `body` still runs to its
/// end: it lists names, which is short.
public func withSourceFolder<Value: Sendable>(
    _ path: FilePath, _ body: @escaping @Sendable (inout SourceFolder) throws -> Value
) async throws -> Value {
    try await BlockingThread.run { cancellation in
        try cancellation.check()
        var folder = try SourceFolder(path)
        return try body(&folder)
    }
}
