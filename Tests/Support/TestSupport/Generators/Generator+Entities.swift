// SPDX-License-Identifier: Apache-2.0

public import Model
public import PropertyTesting

extension Generator where Value == Workspace {
    /// Makes workspaces.
    public static var workspace: Generator {
        Generator { choices in
            Workspace(
                id: try choices.draw(.uuid()), name: try choices.draw(.text(count: 1...100)),
                ownerID: try choices.draw(.uuid()),
                guardrails: try choices.draw(.guardrailOverrides),
                createdAt: try choices.draw(.timestamp), updatedAt: try choices.draw(.timestamp))
        }
    }
}

extension Generator where Value == CodexTask {
    /// Makes tasks with valid specifications.
    public static var task: Generator {
        Generator { choices in
            CodexTask(
                id: try choices.draw(.uuid()), workspaceID: try choices.draw(.uuid()),
                taskSpec: try choices.draw(.taskSpec()), createdAt: try choices.draw(.timestamp))
        }
    }
}

extension Generator where Value == Artifact {
    /// Makes artifacts.
    public static var artifact: Generator {
        Generator { choices in
            Artifact(
                id: try choices.draw(.uuid()), runID: try choices.draw(.uuid()),
                workspaceID: try choices.draw(.uuid()), artifactType: try choices.draw(.anyCase),
                fileName: try choices.draw(.relativePath),
                mediaType: try choices.draw(.element(of: ["text/plain", "application/json"])),
                size: try choices.draw(.integer(in: 0...(.max))),
                sha256: try choices.draw(.sha256),
                status: try choices.draw(.element(of: [.stored, .uploadFailed])),
                createdAt: try choices.draw(.timestamp))
        }
    }
}

extension Generator where Value == WorkspaceArchive {
    /// Makes archives.
    public static var archive: Generator {
        Generator { choices in
            WorkspaceArchive(
                id: try choices.draw(.uuid()), workspaceID: try choices.draw(.uuid()),
                size: try choices.draw(.integer(in: 0...(.max))),
                sha256: try choices.draw(.sha256), createdAt: try choices.draw(.timestamp))
        }
    }
}

extension Generator where Value == User {
    /// Makes users.
    public static var user: Generator {
        Generator { choices in
            User(
                id: try choices.draw(.uuid()), username: try choices.draw(.text(count: 1...30)),
                role: try choices.draw(.element(of: [.member, .admin])),
                passwordHash: try choices.draw(.text(count: 0...60)),
                tokensNotBefore: try choices.draw(Generator<Timestamp>.timestamp.optional),
                createdAt: try choices.draw(.timestamp))
        }
    }
}

extension Generator where Value == ExecutorRecord {
    /// Makes valid executor records.
    public static var executorRecord: Generator {
        Generator { choices in
            let topic = try choices.draw(.string(of: "aZ9_-", count: 1...40))
            return ExecutorRecord(
                executorName: try choices.draw(.executorName),
                supportedTaskTypes: try choices.draw(
                    Generator<TaskType>.anyCase.array(count: 1...4)),
                endpoint: "kafka:\(topic)",
                containerImage: try choices.draw(Generator<String>.text(count: 1...30).optional),
                status: try choices.draw(.anyCase), config: try choices.draw(.executorConfig))
        }
    }
}

extension Generator where Value == ExecutorConfig {
    /// Makes valid configurations, also with members of later versions.
    public static var executorConfig: Generator {
        Generator { choices in
            let promptVia = try choices.draw(
                Generator<ExecutorConfig.PromptDelivery>.anyCase.optional)
            let arguments = try choices.draw(
                Generator<String>.text(count: 0...20).array(count: 0...4))
            let other = try choices.draw(
                .dictionary(
                    Generator<String>.element(of: ["sandbox", "permissions", "stallTimeoutSec"]),
                    Generator<JSONValue>.json(depth: 2).filter { $0 != .null }, count: 0...2))
            return ExecutorConfig(
                protocol: try choices.draw(.anyCase),
                command: [try choices.draw(.text(count: 1...20))] + arguments
                    + (promptVia == .file ? ["{promptFile}"] : []),
                promptVia: promptVia,
                environment: try choices.draw(Generator.environment.optional), other: other)
        }
    }

    private static var environment: Generator<ExecutorConfig.Environment> {
        let name = Generator<String>.string(of: "ABC_xyz", count: 1...12)
        return zip(
            name.array(count: 0...3).optional,
            Generator<[String: String]>.dictionary(name, .text(count: 0...12), count: 0...3)
                .optional
        ).map { ExecutorConfig.Environment(pass: $0, set: $1) }
    }
}
