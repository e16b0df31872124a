// SPDX-License-Identifier: Apache-2.0

/// How a worker runs an executor's agent.
public struct ExecutorConfig: Hashable, Codable, Sendable {
    /// How the agent is talked to.
    public enum AgentProtocol: String, Codable, Sendable, CaseIterable {
        /// Agent Client Protocol over its standard streams.
        case acp
        /// One JSON object a line on its standard output.
        case streamJSON = "stream-json"
        /// A command that reads a prompt and writes files; exit 0 is success.
        case command
    }

    /// How the prompt reaches a `command` agent.
    public enum PromptDelivery: String, Codable, Sendable, CaseIterable {
        /// As an argument: where `{prompt}` stands, else as the last word.
        case argument
        /// On its standard input.
        case stdin
        /// In a file, whose path stands where `{promptFile}` does.
        case file
    }

    /// Which variables the agent's environment has; nothing else is inherited.
    public struct Environment: Hashable, Codable, Sendable {
        /// Names passed on from the worker's own environment, where present.
        public var pass: [String]?
        /// Names and their values.
        public var set: [String: String]?

        /// Creates an environment.
        public init(pass: [String]? = nil, set: [String: String]? = nil) {
            self.pass = pass
            self.set = set
        }
    }

    /// How the agent is talked to.
    public var `protocol`: AgentProtocol
    /// The program and its arguments, executed without a shell.
    public var command: [String]
    /// How the prompt reaches it; nil is `argument`.
    public var promptVia: PromptDelivery?
    /// Which variables its environment has.
    public var environment: Environment?
    /// Members this version gives no meaning to, kept as they came.
    public var other: [String: JSONValue]

    /// Creates a configuration.
    public init(
        protocol: AgentProtocol, command: [String], promptVia: PromptDelivery? = nil,
        environment: Environment? = nil,
        other: [String: JSONValue] = [:]
    ) {
        self.protocol = `protocol`
        self.command = command
        self.promptVia = promptVia
        self.environment = environment
        self.other = other
    }
}

extension ExecutorConfig {
    private static let known: Set<String> = ["protocol", "command", "promptVia", "environment"]

    private struct Member: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads the members it knows and keeps the others.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Member.self)
        self.protocol = try container.decode(AgentProtocol.self, forKey: Member("protocol"))
        command = try container.decode([String].self, forKey: Member("command"))
        promptVia = try container.decodeIfPresent(PromptDelivery.self, forKey: Member("promptVia"))
        environment = try container.decodeIfPresent(Environment.self, forKey: Member("environment"))
        other = [:]
        for key in container.allKeys where !Self.known.contains(key.stringValue) {
            other[key.stringValue] = try container.decode(JSONValue.self, forKey: key)
        }
    }

    /// Writes all members.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Member.self)
        try container.encode(self.protocol, forKey: Member("protocol"))
        try container.encode(command, forKey: Member("command"))
        try container.encodeIfPresent(promptVia, forKey: Member("promptVia"))
        try container.encodeIfPresent(environment, forKey: Member("environment"))
        for (name, value) in other { try container.encode(value, forKey: Member(name)) }
    }
}
