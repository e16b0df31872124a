// SPDX-License-Identifier: Apache-2.0

/// Decides whether a document is a task specification, and names everything that keeps it from being one.
///
/// Unknown members are refused: what is stored equals what was sent, and a misspelt limit must not be
/// ignored. A member that is `null` counts as left out.
public enum TaskSpecValidation {
    /// The longest prompt, in bytes of UTF-8.
    public static let maxPromptBytes = 100_000
    /// The most entries of a list.
    public static let maxListEntries = 1_000
    /// The longest entry of a list, and the longest repository reference, in bytes of UTF-8.
    public static let maxEntryBytes = 1_024
    /// The largest specification, in bytes of JSON as it is stored.
    public static let maxStoredBytes = 262_144

    /// Reads a specification under the limits in force.
    ///
    /// Fields are dotted paths within the specification, such as `constraints.writePaths[2]`; what
    /// concerns all of it has the field `taskSpec`.
    ///
    /// - Throws: ``Violations`` with every violation.
    public static func validate(
        _ document: JSONValue, guardrails: Guardrails
    ) throws(Violations) -> TaskSpec {
        var reader = DocumentReader()
        let taskSpec = reader.readTaskSpec(document, guardrails)
        if let taskSpec {
            reader.checkStoredSize(taskSpec, named: "taskSpec", bytes: maxStoredBytes)
        } else {
            reader.checkStoredSize(document, named: "taskSpec", bytes: maxStoredBytes)
        }
        guard let taskSpec, reader.violations.isEmpty else { throw Violations(reader.violations) }
        return taskSpec
    }
}

extension DocumentReader {
    fileprivate mutating func readTaskSpec(
        _ document: JSONValue, _ guardrails: Guardrails
    ) -> TaskSpec? {
        guard let root = self.document(document, named: "taskSpec") else { return nil }
        let taskType = readTaskType(in: root)
        let input = readInput(requiredObject("input", in: root))
        let constraints = readConstraints(object("constraints", in: root), guardrails)
        let output = readOutput(object("output", in: root))
        refuseUnknown(in: root, known: ["taskType", "input", "constraints", "output"])
        guard let taskType, let input else { return nil }
        return TaskSpec(taskType: taskType, input: input, constraints: constraints, output: output)
    }

    private mutating func readTaskType(in root: Object) -> TaskType? {
        guard let value = root.members["taskType"] else {
            let names = TaskType.allCases.map(\.rawValue).joined(separator: ", ")
            refuse("taskType", "is missing; must be one of \(names)")
            return nil
        }
        return choice(value, at: "taskType")
    }

    private mutating func readInput(_ object: Object?) -> TaskSpec.Input? {
        guard let object else { return nil }
        let prompt = text(
            required("prompt", in: object), at: object.field("prompt"),
            bytes: 1...TaskSpecValidation.maxPromptBytes)
        let files = readPaths("files", in: object)
        let repoRef = text(
            object.members["repoRef"], at: object.field("repoRef"),
            bytes: 1...TaskSpecValidation.maxEntryBytes)
        refuseUnknown(in: object, known: ["prompt", "files", "repoRef"])
        return prompt.map { TaskSpec.Input(prompt: $0, files: files, repoRef: repoRef) }
    }

    private mutating func readConstraints(
        _ object: Object?, _ guardrails: Guardrails
    ) -> TaskSpec.Constraints? {
        guard let object else { return nil }
        let constraints = TaskSpec.Constraints(
            timeLimitSec: whole(
                object.members["timeLimitSec"], at: object.field("timeLimitSec"),
                in: 1...max(1, guardrails.maxRunDurationSec)),
            maxTokens: whole(
                object.members["maxTokens"], at: object.field("maxTokens"),
                in: 1...max(1, guardrails.maxTokensPerRun)),
            readOnlyPaths: readPaths("readOnlyPaths", in: object),
            writePaths: readPaths("writePaths", in: object))
        refuseUnknown(
            in: object, known: ["timeLimitSec", "maxTokens", "readOnlyPaths", "writePaths"])
        return constraints
    }

    private mutating func readOutput(_ object: Object?) -> TaskSpec.Output? {
        guard let object else { return nil }
        let types: [ArtifactType]? = list(
            required("expectedArtifacts", in: object), at: object.field("expectedArtifacts"),
            count: 0...TaskSpecValidation.maxListEntries
        ) { reader, value, field in reader.choice(value, at: field) }
        refuseUnknown(in: object, known: ["expectedArtifacts"])
        return types.map(TaskSpec.Output.init(expectedArtifacts:))
    }

    /// A list of paths that stay within the workspace.
    private mutating func readPaths(_ name: String, in object: Object) -> [String]? {
        list(
            object.members[name], at: object.field(name),
            count: 0...TaskSpecValidation.maxListEntries
        ) { reader, value, field in
            let bytes = 1...TaskSpecValidation.maxEntryBytes
            guard let path = reader.text(value, at: field, bytes: bytes) else { return nil }
            if path.utf8.first == UInt8(ascii: "/") {
                reader.refuse(field, "must be relative to the workspace")
            }
            if path.utf8.split(separator: UInt8(ascii: "/")).contains(where: {
                $0.elementsEqual("..".utf8)
            }) {
                reader.refuse(field, "must not contain ..")
            }
            return path
        }
    }
}
