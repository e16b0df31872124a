// SPDX-License-Identifier: Apache-2.0

import Model

/// The kinds of run that the command line knows, and what each stands for in the API.
enum RunKind: String, CaseIterable, Sendable {
    case plan
    case spec
    case code
    case doc
    case deploy

    var taskType: TaskType {
        switch self {
        case .plan, .spec: .specGenerate
        case .code: .codeChange
        case .doc: .docWrite
        case .deploy: .deployRun
        }
    }

    /// What its absence is worth a warning.
    var expectedArtifacts: [ArtifactType]? {
        switch self {
        case .plan: [.executionPlan]
        // Requirements and design are documents, the tasks are a plan.
        case .spec: [.document, .executionPlan]
        case .code: [.codeChange]
        case .doc, .deploy: nil
        }
    }

    /// What to do when nothing is said.
    var defaultPrompt: String? {
        switch self {
        case .plan:
            """
            Read this workspace and write a plan of the work that it needs next into plan.md: \
            numbered steps, each with the files it touches and how to tell that it is done.
            """
        case .spec, .code, .doc, .deploy: nil
        }
    }

    func taskSpec(prompt: String, constraints: TaskSpec.Constraints?) -> TaskSpec {
        TaskSpec(
            taskType: taskType, input: TaskSpec.Input(prompt: prompt), constraints: constraints,
            output: expectedArtifacts.map(TaskSpec.Output.init(expectedArtifacts:)))
    }
}
