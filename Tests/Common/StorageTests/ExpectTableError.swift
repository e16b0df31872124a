// SPDX-License-Identifier: Apache-2.0

import Storage
import Testing

/// Expects `body` to throw a ``TableError`` of the kind; returns it for a closer look.
@discardableResult
func expectTableError(
    _ code: TableError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async -> TableError? {
    do {
        try await body()
        Issue.record("nothing was thrown, not \(code)", sourceLocation: sourceLocation)
    } catch let error as TableError {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        return error
    } catch {
        Issue.record("\(error) was thrown, not \(code)", sourceLocation: sourceLocation)
    }
    return nil
}
