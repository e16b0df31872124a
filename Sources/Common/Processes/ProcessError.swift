// SPDX-License-Identifier: Apache-2.0

/// Says why a process could not be hosted, or why its input could not be written.
///
/// How a process that was hosted came to its end is no error but a ``HostedProcess/Outcome``.
public struct ProcessError: Error, Sendable {
    /// Which kind of failure it is.
    public let code: Code
    /// One sentence for a log.
    ///
    /// It holds neither arguments nor environment values.
    public let reason: String
    /// The system's error number, where the system refused something.
    public let systemError: Int32?

    init(_ code: Code, _ reason: String, systemError: Int32? = nil) {
        self.code = code
        self.reason = reason
        self.systemError = systemError
    }
}

extension ProcessError {
    /// The kinds of failure; more may be added.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The stable name of the kind.
        public let description: String

        /// Something in the configuration can't be given to any process: an empty command, a zero
        /// byte in a word, an equals sign in a variable's name.
        public static let invalidConfiguration = Code(description: "invalid-configuration")
        /// There is no host executable at that path, or it can't be executed.
        public static let hostNotFound = Code(description: "host-not-found")
        /// The file that was to be the standard input can't be opened.
        public static let inputNotReadable = Code(description: "input-not-readable")
        /// The system has no descriptors, threads, memory or processes left for it.
        public static let resourcesExhausted = Code(description: "resources-exhausted")
        /// The process has closed its standard input or has ended, or the writer was closed.
        public static let inputClosed = Code(description: "input-closed")
        /// The task that was writing has been cancelled.
        public static let cancelled = Code(description: "cancelled")
    }
}

extension ProcessError: CustomStringConvertible {
    /// The kind, the reason and the system's error number.
    public var description: String {
        let number = systemError.map { " (errno \($0))" } ?? ""
        return "\(code): \(reason)\(number)"
    }
}
