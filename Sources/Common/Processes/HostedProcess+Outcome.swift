// SPDX-License-Identifier: Apache-2.0

extension HostedProcess {
    /// How a hosted command came to its end.
    public enum Outcome: Sendable, Hashable {
        /// It ended by itself with this exit code; 0 says success.
        case exited(code: Int32)
        /// It was ended by this signal, of whoever's sending.
        case signaled(signal: Int32)
        /// It never ran.
        case startFailed(StartFailure)
        /// The host ended without having said that the tree is gone: it was killed, or did not
        /// answer.
        ///
        /// All processes of its session have been killed, but one that had left it may live.
        case hostLost
    }

    /// Says why a command could not be started.
    public struct StartFailure: Sendable, Hashable {
        /// Which kind of reason it is.
        public let kind: Kind
        /// The system's error number.
        public let systemError: Int32
        /// One sentence, without the command's arguments.
        public let reason: String

        /// The kinds of reason; more may be added.
        public struct Kind: Sendable, Hashable, CustomStringConvertible {
            /// The stable name of the kind.
            public let description: String

            /// There is no such program.
            public static let notFound = Kind(description: "not-found")
            /// There is such a file, but it is no program that this user may execute here.
            public static let notExecutable = Kind(description: "not-executable")
            /// The working directory is missing or closed to this user.
            public static let workingDirectory = Kind(description: "working-directory")
            /// Arguments and environment are longer than the system takes.
            public static let argumentsTooLong = Kind(description: "arguments-too-long")
            /// Anything else, mostly a system at its limits.
            public static let other = Kind(description: "other")
        }
    }

    /// What a scope returned, and how its process ended.
    public struct Completion<Value> {
        /// The body's result.
        public let value: Value
        /// How the process ended.
        public let outcome: Outcome
    }
}

extension HostedProcess.Completion: Sendable where Value: Sendable {}
