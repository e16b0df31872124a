// SPDX-License-Identifier: Apache-2.0

import Model

/// The environment of an agent: nothing of the worker's own but what the record passes on.
///
/// Later parts win: defaults, what is passed on, what is set, what says which run it is.
enum AgentEnvironment {
    /// The folders in which programs are looked for when the record passes no `PATH` on.
    static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// The variables of an agent for `run`.
    ///
    /// `inherited` is the worker's own environment.
    static func variables(
        _ environment: ExecutorConfig.Environment?, inherited: [String: String], run: Run,
        spec: TaskSpec, guardrails: Guardrails, folder: RunFolder
    ) -> [String: String] {
        var variables = [
            "PATH": defaultPath, "HOME": folder.home,
            "TMPDIR": folder.temporary, "LANG": "C.UTF-8",
        ]
        for name in environment?.pass ?? [] where mayPass(name) {
            if let value = inherited[name] { variables[name] = value }
        }
        variables.merge(environment?.set ?? [:]) { _, set in set }
        variables.merge(identity(of: run, spec, guardrails, folder)) { _, own in own }
        return variables
    }

    /// Whether a record may pass a variable on: those of the service and its stores hold secrets.
    ///
    /// An agent with credentials of its own gets them by `set`, or under another name.
    static func mayPass(_ name: String) -> Bool {
        !name.hasPrefix("TLAO_") && !name.hasPrefix("AWS_")
    }

    private static func identity(
        of run: Run, _ spec: TaskSpec, _ guardrails: Guardrails, _ folder: RunFolder
    ) -> [String: String] {
        let bound = guardrails.maxTokensPerRun
        var variables = [
            "TLAO_OUTPUT_DIR": folder.output, "TLAO_RUN_ID": run.id.text,
            "TLAO_TASK_TYPE": spec.taskType.rawValue,
            "TLAO_MAX_TOKENS": String(min(spec.constraints?.maxTokens ?? bound, bound)),
            "TLAO_TIME_LIMIT_SEC": String(run.timeLimitSeconds),
        ]
        if let reference = spec.input.repoRef { variables["TLAO_REPO_REF"] = reference }
        return variables
    }
}
