// SPDX-License-Identifier: Apache-2.0

/// Says why a worker can't work.
///
/// What goes wrong with a run is no error of the worker but the run's outcome.
public struct ExecutorError: Error, Sendable {
    /// The kinds of failure.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The kind's stable name.
        public let description: String

        /// A key of the configuration is out of its bounds.
        public static let invalidConfiguration = Code(description: "invalid_configuration")
        /// The work folder can't be made, locked or cleaned.
        public static let workFolderUnusable = Code(description: "work_folder_unusable")
        /// git could not do what was asked.
        public static let gitFailed = Code(description: "git_failed")
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, for an operator.
    public let reason: String
    /// What caused it, where something else did.
    public let cause: (any Error)?

    /// Creates an error.
    public init(_ code: Code, _ reason: String, cause: (any Error)? = nil) {
        self.code = code
        self.reason = reason
        self.cause = cause
    }
}

extension ExecutorError: CustomStringConvertible {
    /// Shows code, reason and cause.
    public var description: String {
        cause.map { "\(code): \(reason) (\($0))" } ?? "\(code): \(reason)"
    }
}
