// SPDX-License-Identifier: Apache-2.0

extension HostedProcess {
    /// What to start, and within which bounds.
    public struct Configuration: Sendable {
        /// The path of the host executable, see ``HostExecutable/locate(override:)``.
        public var hostPath: String
        /// The program and its arguments, executed without a shell.
        ///
        /// A name without a slash is looked up in the absolute folders of the `PATH` in
        /// ``environment``; one with a slash is relative to ``workingDirectory``.
        public var command: [String]
        /// Exactly the environment of the command; nothing is inherited.
        public var environment: [String: String]
        /// The folder that it starts in; nil for the one of this process.
        public var workingDirectory: String?
        /// What it reads.
        public var standardInput: StandardInput
        /// What it may use.
        public var limits: ResourceLimits
        /// The time from TERM to KILL.
        public var terminationGrace: Duration
        /// The same for descendants that are still there when the command itself has ended.
        public var leftoverGrace: Duration
        /// How its tree is held together.
        public var isolation: Isolation
        /// The most that is held for the reader of the output, in bytes.
        ///
        /// What was read from a pipe is kept whole, so it may be exceeded by one pipe's content.
        public var outputBufferBytes: Int
        /// How long a host may take to end a tree that it kills: milliseconds, but for a fork bomb.
        ///
        /// After that it is taken for stopped or stuck, and is killed itself.
        var hostPatience = Duration.seconds(30)

        /// Creates a configuration without limits, with an empty environment and no input.
        public init(
            hostPath: String,
            command: [String],
            environment: [String: String] = [:],
            workingDirectory: String? = nil,
            standardInput: StandardInput = .none,
            limits: ResourceLimits = ResourceLimits(),
            terminationGrace: Duration = .seconds(3),
            leftoverGrace: Duration = .seconds(1),
            isolation: Isolation = .pidNamespace,
            outputBufferBytes: Int = 256 * 1024
        ) {
            self.hostPath = hostPath
            self.command = command
            self.environment = environment
            self.workingDirectory = workingDirectory
            self.standardInput = standardInput
            self.limits = limits
            self.terminationGrace = terminationGrace
            self.leftoverGrace = leftoverGrace
            self.isolation = isolation
            self.outputBufferBytes = outputBufferBytes
        }
    }

    /// What a command reads from its standard input.
    public enum StandardInput: Sendable, Hashable {
        /// `/dev/null`.
        case none
        /// These bytes, then the end.
        ///
        /// A command that does not read them all is no error.
        case bytes([UInt8])
        /// The content of a file.
        case file(path: String)
        /// What is written to ``HostedProcess/input``, until that is closed.
        case stream
    }

    /// How the host keeps descendants from getting away.
    public enum Isolation: String, Sendable, Hashable {
        /// A PID namespace of their own: the kernel ends all of them at once, even if the host is
        /// killed.
        ///
        /// Asked for on a machine that doesn't permit it, one gets ``processTree``.
        ///
        /// For a user without the right to administer the system this takes a user namespace, in
        /// which files of other users appear to belong to nobody.
        case pidNamespace = "namespace"
        /// The host as the reaper of all orphans, which finds and ends them one by one.
        ///
        /// A `kill -9` of the host leaves those that made sessions of their own.
        case processTree = "tree"
    }
}
