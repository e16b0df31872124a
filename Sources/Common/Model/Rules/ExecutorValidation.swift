// SPDX-License-Identifier: Apache-2.0

/// Decides whether a document registers an executor, and names everything that keeps it from doing so.
///
/// Unknown members are refused where nobody would read them; those of `config` are kept, because how
/// agents are run is where later versions add. What the API adds to a record when it shows one
/// (``shownMembers``) is ignored, so that a shown record can be sent back.
public enum ExecutorValidation {
    /// Members that the API shows with a record and that are no part of it.
    public static let shownMembers: Set<String> = [
        "workersOnline", "slots", "freeSlots", "lastHeartbeatAt",
    ]
    /// Topics, below the prefix, that carry something else and so can't carry assignments.
    public static let reservedTopics: Set<String> = [
        "run.requests", "run.control", "run.events", "executor.heartbeats", "dead-letters",
    ]
    /// The most words of a command, and the most names passed on or set.
    public static let maxListEntries = 1_000
    /// The longest word of a command and the longest value set, in bytes: what Linux accepts
    /// (`MAX_ARG_STRLEN`, execve(2)).
    public static let maxWordBytes = 131_071
    /// The largest configuration, in bytes of JSON as it is stored.
    public static let maxStoredBytes = 262_144

    /// Reads a registration; `named` is the name that it is registered under, where the request says one.
    ///
    /// Fields are dotted paths, such as `config.command[0]`; what concerns all of it has the field
    /// `executor`.
    ///
    /// - Throws: ``Violations`` with every violation.
    public static func validate(
        _ document: JSONValue, named: String?
    ) throws(Violations) -> ExecutorRecord {
        var reader = DocumentReader()
        let record = reader.readExecutor(document, named)
        guard let record, reader.violations.isEmpty else { throw Violations(reader.violations) }
        return record
    }
}

extension DocumentReader {
    fileprivate mutating func readExecutor(
        _ document: JSONValue, _ expectedName: String?
    ) -> ExecutorRecord? {
        guard let root = self.document(document, named: "executor") else { return nil }
        let name = readName(in: root, expectedName)
        let types: [TaskType]? = list(
            required("supportedTaskTypes", in: root), at: "supportedTaskTypes",
            count: 1...ExecutorValidation.maxListEntries
        ) { reader, value, field in reader.choice(value, at: field) }
        let endpoint = readEndpoint(in: root)
        let image = text(root.members["containerImage"], at: "containerImage", bytes: 1...1_024)
        let status: ExecutorRecord.Status? = choice(root.members["status"], at: "status")
        let config = readConfig(requiredObject("config", in: root))
        refuseUnknown(
            in: root,
            known: ExecutorValidation.shownMembers.union([
                "executorName", "supportedTaskTypes", "endpoint", "containerImage", "status",
                "config",
            ]))
        guard let name, let types, let endpoint, let config else { return nil }
        return ExecutorRecord(
            executorName: name, supportedTaskTypes: types, endpoint: endpoint,
            containerImage: image, status: status ?? .active, config: config)
    }

    private mutating func readName(in root: Object, _ expected: String?) -> String? {
        guard let value = required("executorName", in: root) else { return nil }
        guard let name = value.text, Self.isExecutorName(name) else {
            refuse(
                "executorName",
                "must be 1 to 63 of a-z, 0-9 and -, beginning with a letter or digit")
            return nil
        }
        if let expected, expected != name {
            refuse("executorName", "must be the name in the path")
        }
        return name
    }

    private mutating func readEndpoint(in root: Object) -> String? {
        guard let value = required("endpoint", in: root) else { return nil }
        guard let endpoint = value.text, let topic = Self.topic(of: endpoint) else {
            refuse(
                "endpoint", "must be kafka: and a topic of 1 to 200 of A-Z, a-z, 0-9, ., _ and -")
            return nil
        }
        if ExecutorValidation.reservedTopics.contains(topic) {
            refuse("endpoint", "names a topic that carries something else")
        }
        return endpoint
    }

    private static func isExecutorName(_ name: String) -> Bool {
        (1...63).contains(name.utf8.count) && name.utf8.first != UInt8(ascii: "-")
            && name.utf8.allSatisfy { isLowerOrDigit($0) || $0 == UInt8(ascii: "-") }
    }

    /// The topic of an endpoint; nil when it isn't one.
    ///
    /// Kafka has no topics `.` and `..`.
    private static func topic(of endpoint: String) -> String? {
        let parts = endpoint.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "kafka" else { return nil }
        let topic = String(parts[1])
        guard (1...200).contains(topic.utf8.count), topic != ".", topic != "..",
            topic.utf8.allSatisfy({
                isNameByte($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
            })
        else { return nil }
        return topic
    }
}

// MARK: - Configuration

extension DocumentReader {
    private mutating func readConfig(_ object: Object?) -> ExecutorConfig? {
        guard let object else { return nil }
        let kind: ExecutorConfig.AgentProtocol? = choice(
            required("protocol", in: object), at: object.field("protocol"))
        let command = readCommand(in: object)
        let promptVia: ExecutorConfig.PromptDelivery? = choice(
            object.members["promptVia"], at: object.field("promptVia"))
        let environment = readEnvironment(self.object("environment", in: object))
        if promptVia == .file, let command,
            !command.contains(where: { $0.contains("{promptFile}") })
        {
            refuse(object.field("command"), "must say where the prompt's file goes: {promptFile}")
        }
        guard let kind, let command else { return nil }
        let known: Set<String> = ["protocol", "command", "promptVia", "environment"]
        let config = ExecutorConfig(
            protocol: kind, command: command, promptVia: promptVia, environment: environment,
            other: object.members.filter { !known.contains($0.key) })
        checkStoredSize(config, named: object.path, bytes: ExecutorValidation.maxStoredBytes)
        return config
    }

    private mutating func readCommand(in object: Object) -> [String]? {
        let field = object.field("command")
        let command = list(
            required("command", in: object), at: field,
            count: 1...ExecutorValidation.maxListEntries
        ) { reader, value, field in
            // An argument may be empty, the program may not.
            let shortest = field.hasSuffix("[0]") ? 1 : 0
            return reader.text(
                value, at: field, bytes: shortest...ExecutorValidation.maxWordBytes)
        }
        return command
    }

    private mutating func readEnvironment(_ object: Object?) -> ExecutorConfig.Environment? {
        guard let object else { return nil }
        let pass: [String]? = list(
            object.members["pass"], at: object.field("pass"),
            count: 0...ExecutorValidation.maxListEntries
        ) { reader, value, field in
            guard let name = value.text, Self.isVariableName(name) else {
                reader.refuse(field, Self.variableNameRule)
                return nil
            }
            return name
        }
        let set = readVariables(self.object("set", in: object))
        refuseUnknown(in: object, known: ["pass", "set"])
        return ExecutorConfig.Environment(pass: pass, set: set)
    }

    private mutating func readVariables(_ object: Object?) -> [String: String]? {
        guard let object else { return nil }
        var variables: [String: String] = [:]
        for (name, value) in object.members.sorted(by: { $0.key < $1.key }) {
            let field = object.field(name)
            if !Self.isVariableName(name) { refuse(field, Self.variableNameRule) }
            variables[name] = text(value, at: field, bytes: 0...ExecutorValidation.maxWordBytes)
        }
        return variables
    }

    private static let variableNameRule =
        "must be the name of a variable: A-Z, a-z, 0-9 and _, not beginning with a digit"

    private static func isVariableName(_ name: String) -> Bool {
        guard (1...255).contains(name.utf8.count), name.utf8.allSatisfy(isNameByte) else {
            return false
        }
        return name.utf8.first.map { !isDigit($0) } ?? false
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isLowerOrDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || byte == UInt8(ascii: "_")
    }

    private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
