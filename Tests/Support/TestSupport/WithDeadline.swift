// SPDX-License-Identifier: Apache-2.0

/// Runs an operation and throws `DeadlineExceeded` when it takes longer than the limit.
///
/// At the limit the operation is cancelled and awaited, so it must react to cancellation: nothing of
/// it is left running behind the test's back.
public func withDeadline<Value: Sendable>(
    _ limit: Duration, for expectation: String, fileID: String = #fileID, line: Int = #line,
    _ operation: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let exceeded = DeadlineExceeded(
        expectation: expectation, limit: limit, place: "\(fileID):\(line)")
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await operation() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let value = first else { throw exceeded }
        return value
    }
}
