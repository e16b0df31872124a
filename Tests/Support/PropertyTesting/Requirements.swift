// SPDX-License-Identifier: Apache-2.0

/// Refutes the property unless the condition holds.
///
/// Inside a property use this instead of `#expect`, which would record an issue for every case and
/// leave the shrinker blind.
public func require(
    _ condition: Bool, _ message: @autoclosure () -> String = "A requirement does not hold.",
    fileID: String = #fileID, line: Int = #line
) throws {
    guard condition else { throw PropertyFailure(message(), fileID: fileID, line: line) }
}

/// Refutes the property unless both values are equal, and shows them.
public func requireEqual<Value: Equatable>(
    _ actual: Value, _ expected: Value, _ message: @autoclosure () -> String = "Not equal.",
    fileID: String = #fileID, line: Int = #line
) throws {
    guard actual != expected else { return }
    throw PropertyFailure(
        "\(message()) Got \(String(reflecting: actual)), expected \(String(reflecting: expected)).",
        fileID: fileID, line: line)
}

/// Answers the wrapped value, and refutes the property when there is none.
public func requireValue<Value>(
    _ value: Value?, _ message: @autoclosure () -> String = "There is no value.",
    fileID: String = #fileID, line: Int = #line
) throws -> Value {
    guard let value else { throw PropertyFailure(message(), fileID: fileID, line: line) }
    return value
}

/// Refutes the property unless the operation throws an error of the type, and answers that error.
@discardableResult
public func requireThrows<Failure: Error>(
    _ type: Failure.Type, fileID: String = #fileID, line: Int = #line,
    _ operation: () async throws -> Void
) async throws -> Failure {
    do {
        try await operation()
    } catch let failure as Failure {
        return failure
    } catch {
        throw PropertyFailure("Threw \(error), not \(type).", fileID: fileID, line: line)
    }
    throw PropertyFailure("Threw nothing, not \(type).", fileID: fileID, line: line)
}
