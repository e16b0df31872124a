// SPDX-License-Identifier: Apache-2.0
import Curl
import Testing

/// The code of what `work` throws, `nil` if it doesn't.
func code(_ work: () async throws -> Void) async throws -> CurlError.Code? {
    do {
        try await work()
        return nil
    } catch let error as CurlError {
        return error.code
    }
}

/// Expects `work` to throw a `CurlError` with this code.
func expect(
    _ expected: CurlError.Code, from work: () async throws -> Void,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let found = try await code(work)
    #expect(found == expected, sourceLocation: sourceLocation)
}
