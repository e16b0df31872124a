// SPDX-License-Identifier: Apache-2.0

/// What an artifact is to its reader.
public enum ArtifactType: String, CaseIterable, Codable, Sendable {
    /// A plan of steps to carry out.
    case executionPlan = "execution_plan"
    /// A patch.
    case codeChange = "code_change"
    /// Text to read.
    case document
    /// A description of infrastructure.
    case infrastructureTemplate = "infra_template"
    /// Recorded output.
    case log
}
