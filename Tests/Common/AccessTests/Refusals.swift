// SPDX-License-Identifier: Apache-2.0

import Access
import PropertyTesting
import Testing

/// Expects `operation` to be refused with `code`.
func expectRefusal(
    _ code: AccessError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ operation: () async throws -> Void
) async {
    let error = await #expect(throws: AccessError.self, sourceLocation: sourceLocation) {
        try await operation()
    }
    #expect(error?.code == code, sourceLocation: sourceLocation)
}

/// Refutes a property unless the authority refuses the token with `code`.
func requireRefusal(
    of token: String, by authority: TokenAuthority, _ code: AccessError.Code = .invalidToken,
    line: Int = #line
) async throws {
    let error = try await requireThrows(AccessError.self, line: line) {
        _ = try await authority.verify(token)
    }
    try requireEqual(error.code, code, "The code differs.", line: line)
}
