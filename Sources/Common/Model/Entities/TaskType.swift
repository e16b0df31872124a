// SPDX-License-Identifier: Apache-2.0

/// The registered kinds of work a team can ask for.
public enum TaskType: String, CaseIterable, Codable, Sendable {
    /// Requirements, design and plan documents.
    case specGenerate = "spec.generate"
    /// A change of the workspace's code.
    case codeChange = "code.change"
    /// Documentation.
    case docWrite = "doc.write"
    /// A deployment.
    case deployRun = "deploy.run"
}
