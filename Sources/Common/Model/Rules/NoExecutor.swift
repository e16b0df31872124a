// SPDX-License-Identifier: Apache-2.0

/// Says why no executor may do a task's work, and which would do.
public struct NoExecutor: Error, Hashable, Sendable {
    /// The kinds of reason.
    public enum Reason: Hashable, Sendable {
        /// No active executor supports the task type.
        case noneSupportsType
        /// The executor asked for isn't registered.
        case unknown(String)
        /// The executor asked for is registered as inactive.
        case inactive(String)
        /// The executor asked for doesn't support the task type.
        case typeNotSupported(String)
    }

    /// The kind of work.
    public let taskType: TaskType
    /// Why there is none.
    public let reason: Reason
    /// The names of the executors that would do, the preferred one first.
    public let alternatives: [String]

    /// Creates the error.
    public init(taskType: TaskType, reason: Reason, alternatives: [String]) {
        self.taskType = taskType
        self.reason = reason
        self.alternatives = alternatives
    }
}

extension NoExecutor: CustomStringConvertible {
    /// Says what is wrong and what would do, in words for whoever asked.
    public var description: String { "\(problem). \(remedy)" }

    private var problem: String {
        switch reason {
        case .noneSupportsType: "No active executor supports \(taskType.rawValue)"
        case .unknown(let name): "There is no executor \(name)"
        case .inactive(let name): "The executor \(name) is inactive"
        case .typeNotSupported(let name):
            "The executor \(name) doesn't support \(taskType.rawValue)"
        }
    }

    private var remedy: String {
        alternatives.isEmpty
            ? "An administrator registers one with PUT /executors/{name} or tlao executor register."
            : "These would do: \(alternatives.joined(separator: ", "))."
    }
}
