// SPDX-License-Identifier: Apache-2.0

/// A registered way of running agents: one record makes an agent available, no service is rebuilt
/// for it.
///
/// Named so because Swift has an `Executor` of its own.
public struct ExecutorRecord: Hashable, Codable, Sendable {
    /// Whether runs may be given to it.
    public enum Status: String, CaseIterable, Codable, Sendable {
        /// Runs may be given to it.
        case active
        /// It is kept, but gets no runs.
        case inactive
    }

    /// Its unique name: `[a-z0-9][a-z0-9-]{0,62}`.
    public var executorName: String
    /// The kinds of work it does.
    public var supportedTaskTypes: [TaskType]
    /// Where its assignments go: `kafka:` and a topic name below the prefix.
    public var endpoint: String
    /// The image its workers run in, for people and schedulers.
    public var containerImage: String?
    /// Whether runs may be given to it.
    public var status: Status
    /// How a worker runs its agent.
    public var config: ExecutorConfig

    /// Creates a record.
    public init(
        executorName: String, supportedTaskTypes: [TaskType], endpoint: String,
        containerImage: String? = nil,
        status: Status, config: ExecutorConfig
    ) {
        self.executorName = executorName
        self.supportedTaskTypes = supportedTaskTypes
        self.endpoint = endpoint
        self.containerImage = containerImage
        self.status = status
        self.config = config
    }

    /// The topic, below the prefix, on which its workers listen for assignments.
    public var assignmentTopic: String {
        endpoint.hasPrefix("kafka:") ? String(endpoint.dropFirst("kafka:".count)) : endpoint
    }
}
