// SPDX-License-Identifier: Apache-2.0

/// Waits until a condition holds that nothing announces, and throws `DeadlineExceeded` at the limit.
///
/// This is the only place in the tests that looks again and again, every ten milliseconds: for what
/// another process does to a file, a table or a port. Within the process use `TestSignal`.
public func eventually(
    within limit: Duration = .seconds(20), _ expectation: String = "the condition",
    fileID: String = #fileID, line: Int = #line, _ condition: () async throws -> Bool
) async throws {
    _ = try await eventuallyValue(within: limit, expectation, fileID: fileID, line: line) {
        try await condition() ? true : nil
    }
}

/// Waits like `eventually` until there is a value, and answers it.
public func eventuallyValue<Value>(
    within limit: Duration = .seconds(20), _ expectation: String = "a value",
    fileID: String = #fileID, line: Int = #line, _ probe: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while true {
        if let value = try await probe() { return value }
        guard ContinuousClock.now < deadline else {
            throw DeadlineExceeded(
                expectation: expectation, limit: limit, place: "\(fileID):\(line)")
        }
        try await Task.sleep(for: .milliseconds(10))
    }
}
