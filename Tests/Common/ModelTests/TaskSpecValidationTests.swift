// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct TaskSpecValidationTests {
    private static let guardrails = Guardrails(maxRunDurationSec: 480, maxTokensPerRun: 50_000)

    private static let flaws: [[Flaw]] = [
        [
            Flaw("taskType", nil), Flaw("taskType", .null), Flaw("taskType", "code.review"),
            Flaw("taskType", 3), Flaw("taskType", ""),
        ],
        [
            Flaw("input.prompt", nil), Flaw("input.prompt", .null), Flaw("input.prompt", ""),
            Flaw("input.prompt", ["a"]), Flaw("input.prompt", "a\0b"),
            Flaw("input.prompt", .string(String(repeating: "é", count: 50_001))),
            Flaw("input.prompt", ["input"], nil),
        ],
        [
            Flaw("constraints.timeLimitSec", 0), Flaw("constraints.timeLimitSec", 481),
            Flaw("constraints.timeLimitSec", "60"),
            Flaw("constraints.timeLimitSec", .number(1.5)),
        ],
        [Flaw("constraints.maxTokens", -1), Flaw("constraints.maxTokens", 50_001)],
        [
            Flaw("constraints.writePaths[1]", ["constraints", "writePaths"], ["a", "/etc"]),
            Flaw("constraints.writePaths[0]", ["constraints", "writePaths"], ["a/../../b"]),
            Flaw("constraints.writePaths[2]", ["constraints", "writePaths"], ["a", "b", ""]),
            Flaw("constraints.writePaths[0]", ["constraints", "writePaths"], ["a\0"]),
            Flaw("constraints.writePaths", .object(["0": "a"])),
        ],
        [
            Flaw(
                "constraints.readOnlyPaths", ["constraints", "readOnlyPaths"],
                .array(Array(repeating: "a", count: 1_001))),
            Flaw(
                "constraints.readOnlyPaths[0]", ["constraints", "readOnlyPaths"],
                [.string(String(repeating: "a", count: 1_025))]),
        ],
        [
            Flaw("output.expectedArtifacts", .null), Flaw("output.expectedArtifacts", "log"),
            Flaw(
                "output.expectedArtifacts[1]", ["output", "expectedArtifacts"], ["log", "binary"]),
        ],
        [Flaw("promt", "typo")], [Flaw("constraints.timeLimit", 60)],
    ]

    @Test func `Property 2: unregistered type or missing fields: refused, every violation named`()
        async
    {
        let cases = zip(Generator<TaskSpec>.taskSpec(), .flaws(Self.flaws))
        await checkProperty("Property 2: every violation is named", cases: 300, cases) {
            taskSpec, flaws in
            let document = flaws.reduce(try JSONValue(coding: taskSpec)) { $1.spoil($0) }
            // One flaw takes the whole input away, and with it what was wrong with its members.
            let expected = Set(flaws.map(\.field))
            let violations = try await requireThrows(Violations.self) {
                _ = try TaskSpecValidation.validate(document, guardrails: Self.guardrails)
            }
            try requireEqual(Set(violations.list.map(\.field)), expected)
            try requireEqual(violations.list.count, expected.count)
        }
    }

    @Test func `a valid specification is read as it was sent, and null is left out`() async {
        await checkProperty("Valid specifications", Generator<TaskSpec>.taskSpec()) { taskSpec in
            let document = try JSONValue(coding: taskSpec)
                .replacing(
                    ["input", "repoRef"], by: taskSpec.input.repoRef.map(JSONValue.string) ?? .null)
            let read = try TaskSpecValidation.validate(document, guardrails: Guardrails())
            try requireEqual(read, taskSpec)
            try requireEqual(
                try JSONText.decode(TaskSpec.self, from: JSONText.string(read)), taskSpec)
        }
    }

    @Test func `an unknown type is answered with the registered ones`() throws {
        let violations = refusal(["taskType": "x", "input": ["prompt": "p"]])
        #expect(
            violations == [
                Violation(
                    field: "taskType",
                    reason: "must be one of spec.generate, code.change, doc.write, deploy.run")
            ])
    }

    @Test func `an empty document is told of all that is missing`() {
        #expect(refusal([:]).map(\.field) == ["taskType", "input.prompt"])
    }

    @Test(arguments: [JSONValue.null, .string("x"), .array([]), .integer(1)])
    func `a document that is no object is refused as a whole`(_ document: JSONValue) {
        #expect(refusal(document).map(\.field) == ["taskSpec"])
    }

    @Test(arguments: [(100_000, true), (100_001, false)])
    func `a prompt is accepted up to 100 000 bytes`(_ bytes: Int, _ isAccepted: Bool) {
        let prompt = JSONValue.string(String(repeating: "a", count: bytes))
        #expect(
            refusal(["taskType": "code.change", "input": ["prompt": prompt]]).isEmpty == isAccepted)
    }

    @Test func `a specification over 256 KiB as stored is refused, exactly that is accepted`()
        throws
    {
        let path = JSONValue.string(String(repeating: "p", count: 1_000))
        func document(promptBytes: Int) -> JSONValue {
            [
                "taskType": "code.change",
                "input": [
                    "prompt": .string(String(repeating: "a", count: promptBytes)),
                    "files": .array(Array(repeating: path, count: 200)),
                ],
            ]
        }
        let overhead = try JSONText.bytes(document(promptBytes: 0)).count
        let room = TaskSpecValidation.maxStoredBytes - overhead
        #expect(refusal(document(promptBytes: room)).isEmpty)
        let refused = refusal(document(promptBytes: room + 1))
        #expect(refused.map(\.field) == ["taskSpec"])
    }

    @Test(arguments: [".", "a/./b", "..a", "a..", "src/", "a b", "ünïcode"])
    func `a path that stays in the workspace is accepted`(_ path: String) {
        #expect(refusal(document(writing: path)).isEmpty)
    }

    @Test(arguments: ["..", "../a", "a/..", "a/../b", "/", "/a", "", "a\0b"])
    func `a path that may leave the workspace is refused`(_ path: String) {
        #expect(refusal(document(writing: path)).map(\.field) == ["constraints.writePaths[0]"])
    }

    private func document(writing path: String) -> JSONValue {
        [
            "taskType": "code.change", "input": ["prompt": "p"],
            "constraints": ["writePaths": [.string(path)]],
        ]
    }

    private func refusal(_ document: JSONValue) -> [Violation] {
        do throws(Violations) {
            _ = try TaskSpecValidation.validate(document, guardrails: Self.guardrails)
            return []
        } catch {
            return error.list
        }
    }
}
