// SPDX-License-Identifier: Apache-2.0

import Model
import Testing

@testable import ExecutorService

@Suite struct AgentEnvironmentTests {
    private let run = Run(
        id: RunID("run"), taskID: TaskID("task"), workspaceID: WorkspaceID("workspace"),
        taskType: .codeChange, title: "",
        timeLimitSeconds: 120, createdAt: Timestamp(milliseconds: 0))

    private func variables(
        pass: [String] = [], set: [String: String] = [:], maxTokens: Int? = nil,
        reference: String? = nil
    ) -> [String: String] {
        AgentEnvironment.variables(
            .init(pass: pass, set: set),
            inherited: [
                "PATH": "/secret/bin", "TOKEN": "t", "TLAO_JWT_SECRET": "s",
                "AWS_SECRET_ACCESS_KEY": "k", "HOME": "/root",
            ],
            run: run,
            spec: TaskSpec(
                taskType: .codeChange, input: .init(prompt: "", repoRef: reference),
                constraints: .init(maxTokens: maxTokens)),
            guardrails: Guardrails(), folder: RunFolder(path: "/w"))
    }

    @Test func `nothing is inherited that isn't passed on`() {
        #expect(
            variables() == [
                "PATH": AgentEnvironment.defaultPath, "HOME": "/w/home", "TMPDIR": "/w/temporary",
                "LANG": "C.UTF-8", "TLAO_OUTPUT_DIR": "/w/output", "TLAO_RUN_ID": "run",
                "TLAO_TASK_TYPE": "code.change", "TLAO_MAX_TOKENS": "50000",
                "TLAO_TIME_LIMIT_SEC": "120",
            ])
    }

    @Test func `what is passed on or set wins over the defaults`() {
        let variables = variables(
            pass: ["PATH", "TOKEN", "ABSENT"], set: ["LANG": "C", "TLAO_RUN_ID": "forged"])
        #expect(variables["PATH"] == "/secret/bin")
        #expect(variables["TOKEN"] == "t")
        #expect(variables["ABSENT"] == nil)
        #expect(variables["LANG"] == "C")
        #expect(variables["TLAO_RUN_ID"] == "run")
    }

    @Test func `no secret of the service is passed on, whatever a record says`() {
        let variables = variables(pass: ["TLAO_JWT_SECRET", "AWS_SECRET_ACCESS_KEY"])
        #expect(variables["TLAO_JWT_SECRET"] == nil)
        #expect(variables["AWS_SECRET_ACCESS_KEY"] == nil)
    }

    @Test func `the task's own bounds are told`() {
        let variables = variables(maxTokens: 7, reference: "main")
        #expect(variables["TLAO_MAX_TOKENS"] == "7")
        #expect(variables["TLAO_REPO_REF"] == "main")
    }
}
