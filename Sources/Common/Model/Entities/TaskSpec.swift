// SPDX-License-Identifier: Apache-2.0

/// What is asked for: the document a task is made of, stored and handed to agents as it came.
///
/// Parts that were left out stay nil, so that what is read equals what was written. Bounds are
/// checked by ``TaskSpecValidation``.
public struct TaskSpec: Hashable, Codable, Sendable {
    /// The kind of work.
    public var taskType: TaskType

    /// What the agent is given.
    public var input: Input

    /// The limits it works in; nil is the workspace's guardrails alone.
    public var constraints: Constraints?

    /// What is expected of it.
    public var output: Output?

    /// Creates a specification.
    public init(
        taskType: TaskType, input: Input, constraints: Constraints? = nil, output: Output? = nil
    ) {
        self.taskType = taskType
        self.input = input
        self.constraints = constraints
        self.output = output
    }

    /// What the agent is given.
    public struct Input: Hashable, Codable, Sendable {
        /// What to do, in words; 1 to 100 000 bytes of UTF-8.
        public var prompt: String

        /// Files of the workspace to look at, named in the prompt the agent gets.
        public var files: [String]?

        /// A repository reference, passed to the agent as `TLAO_REPO_REF` and never cloned.
        public var repoRef: String?

        /// Creates an input.
        public init(prompt: String, files: [String]? = nil, repoRef: String? = nil) {
            self.prompt = prompt
            self.files = files
            self.repoRef = repoRef
        }
    }

    /// The limits the agent works in.
    public struct Constraints: Hashable, Codable, Sendable {
        /// The longest the run may take, in seconds from its claim.
        public var timeLimitSec: Int?

        /// The most tokens the agent may use, passed to it as `TLAO_MAX_TOKENS`.
        public var maxTokens: Int?

        /// Paths, relative to the workspace, that the agent may not write.
        public var readOnlyPaths: [String]?

        /// The only paths, relative to the workspace, that the agent may write.
        public var writePaths: [String]?

        /// Creates limits; nil is the guardrail's.
        public init(
            timeLimitSec: Int? = nil, maxTokens: Int? = nil, readOnlyPaths: [String]? = nil,
            writePaths: [String]? = nil
        ) {
            self.timeLimitSec = timeLimitSec
            self.maxTokens = maxTokens
            self.readOnlyPaths = readOnlyPaths
            self.writePaths = writePaths
        }
    }

    /// What is expected of the agent.
    public struct Output: Hashable, Codable, Sendable {
        /// Kinds of artifacts; one that is missing in the end is a warning.
        public var expectedArtifacts: [ArtifactType]

        /// Creates an expectation.
        public init(expectedArtifacts: [ArtifactType]) {
            self.expectedArtifacts = expectedArtifacts
        }
    }

    /// Whether the agent has to be held to paths: work that only a sandbox may do.
    public var restrictsPaths: Bool {
        constraints?.readOnlyPaths?.isEmpty == false || constraints?.writePaths?.isEmpty == false
    }
}
