// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ExecutorValidationTests {
    private static let missing: [[Flaw]] = [
        [Flaw("executorName", nil)], [Flaw("supportedTaskTypes", nil)], [Flaw("endpoint", nil)],
        [Flaw("config.command", nil)], [Flaw("config.protocol", nil)],
    ]

    private static let wrong: [[Flaw]] = [
        [
            Flaw("executorName", "-a"), Flaw("executorName", "Kiro"), Flaw("executorName", ""),
            Flaw("executorName", .string(String(repeating: "a", count: 64))),
            Flaw("executorName", 1),
        ],
        [
            Flaw("supportedTaskTypes", []), Flaw("supportedTaskTypes", "code.change"),
            Flaw(
                "supportedTaskTypes[1]", ["supportedTaskTypes"], ["code.change", "code.review"]),
        ],
        [
            Flaw("endpoint", "run.assignments"), Flaw("endpoint", "kafka:"),
            Flaw("endpoint", "http://a"), Flaw("endpoint", "kafka:a b"),
            Flaw("endpoint", "kafka:.."), Flaw("endpoint", "kafka:run.events"),
            Flaw("endpoint", .string("kafka:" + String(repeating: "a", count: 201))),
        ],
        [Flaw("status", "on")], [Flaw("containerImage", "")],
        [Flaw("config.protocol", "telnet")],
        [
            Flaw("config.command", []), Flaw("config.command", "agent --now"),
            Flaw("config.command[0]", ["config", "command"], [""]),
            Flaw("config.command[1]", ["config", "command"], ["a", "b\0"]),
        ],
        [Flaw("config.promptVia", "mail")],
        [
            Flaw(
                "config.environment.pass[0]", ["config", "environment", "pass"], ["1A"]),
            Flaw("config.environment.pass[1]", ["config", "environment", "pass"], ["A", "B=C"]),
        ],
        [
            Flaw("config.environment.set.A-B", "v"), Flaw("config.environment.set.A", 1),
            Flaw("config.environment.set.A", "a\0"),
        ],
        [Flaw("config.environment.get", [])], [Flaw("endpiont", "typo")],
    ]

    @Test func `Property 12: registration missing fields: refused, each missing field named`() async
    {
        await check("Property 12: each missing field is named", Self.missing)
    }

    @Test func `everything that is wrong with a registration is named`() async {
        await check("Wrong registrations", Self.wrong)
    }

    private func check(_ title: String, _ groups: [[Flaw]]) async {
        let cases = zip(Generator<ExecutorRecord>.executorRecord, .flaws(groups))
        await checkProperty(title, cases: 200, cases) { record, flaws in
            // A prompt's file has to be named by the command, which flaws may take away.
            let valid = try JSONValue(coding: record).replacing(["config", "promptVia"], by: nil)
            let document = flaws.reduce(valid) { $1.spoil($0) }
            let violations = try await requireThrows(Violations.self) {
                _ = try ExecutorValidation.validate(document, named: nil)
            }
            try requireEqual(Set(violations.list.map(\.field)), Set(flaws.map(\.field)))
        }
    }

    @Test func `a valid registration is read as it was sent`() async {
        await checkProperty("Valid", Generator<ExecutorRecord>.executorRecord) { record in
            let document = try JSONValue(coding: record)
            try requireEqual(
                try ExecutorValidation.validate(document, named: record.executorName), record)
        }
    }

    @Test func `a registration without a status is active`() throws {
        let record = try ExecutorValidation.validate(minimal, named: nil)
        #expect(record.status == .active)
        #expect(record.assignmentTopic == "run.assignments")
    }

    @Test func `an empty registration is told of all that is missing`() {
        #expect(
            refusal([:]) == [
                "executorName", "supportedTaskTypes", "endpoint", "config.protocol",
                "config.command",
            ])
    }

    @Test func `a name other than the one in the path is refused`() {
        #expect(refusal(minimal, named: "b") == ["executorName"])
        #expect(refusal(minimal, named: "a") == [])
    }

    @Test func `a record can be sent back as it was shown`() {
        let shown =
            minimal.replacing(["workersOnline"], by: 1).replacing(["slots"], by: 2)
            .replacing(["freeSlots"], by: 2).replacing(["lastHeartbeatAt"], by: .null)
        #expect(refusal(shown) == [])
    }

    @Test func `a prompt in a file has to be named by the command`() {
        let document = minimal.replacing(["config", "promptVia"], by: "file")
        #expect(refusal(document) == ["config.command"])
        let named = document.replacing(
            ["config", "command"], by: ["agent", "--prompt={promptFile}"])
        #expect(refusal(named) == [])
    }

    private let minimal: JSONValue = [
        "executorName": "a", "supportedTaskTypes": ["code.change"],
        "endpoint": "kafka:run.assignments",
        "config": ["protocol": "command", "command": ["agent"]],
    ]

    private func refusal(_ document: JSONValue, named name: String? = nil) -> [String] {
        do throws(Violations) {
            _ = try ExecutorValidation.validate(document, named: name)
            return []
        } catch {
            return error.list.map(\.field)
        }
    }
}
