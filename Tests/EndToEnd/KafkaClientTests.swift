// SPDX-License-Identifier: Apache-2.0

import API
import Model
import TestSupport
import Testing
import TlaoSDK

@Suite(.timeLimit(.minutes(3)))
struct KafkaClientTests {
    @Test
    func `another Kafka client reads a run's events as CloudEvents while it runs`() async throws {
        try await withUp { up in
            let (agent, gate) = try await waitingAgent(up)
            let kafka = KafkaCat(brokers: up.file.kafka)
            try await kafka.follow("tlao.run.events", in: up.installation.folder) { received in
                let run = try await up.user.startRun("Anything", on: agent.name).runId
                try await eventually("the agent's first line on the topic") {
                    received().contains { $0.value.contains("The agent begins.") }
                }
                #expect(try await up.user.client.getRun(run).status == .running)
                try await gate.open()
                try await eventually("the terminal event on the topic") {
                    received().contains { $0.value.contains("dev.tlao.run.completed.v1") }
                }
                let steps = try await up.user.recordedSteps(run)
                let messages = received()
                #expect(messages.count == steps.count)
                #expect(messages.allSatisfy { $0.key == up.user.workspace.text })
                for (message, step) in zip(try inOrder(messages), steps) {
                    try expectCloudEvent(message, of: run, data: step)
                }
            }
        }
    }

    @Test
    func `no prompt, token or environment value is in any message`() async throws {
        try await withUp { up in
            let (agent, gate) = try await waitingAgent(up)
            let run = try await up.user.startRun(Secret.prompt, on: agent.name).runId
            try await gate.open()
            #expect(try await up.user.ended(run).status == .completed)

            let kafka = KafkaCat(brokers: up.file.kafka)
            let topics = try await kafka.topics()
            #expect(
                Set(topics).isSuperset(of: [
                    "tlao.run.requests", "tlao.run.assignments", "tlao.run.control",
                    "tlao.run.events", "tlao.executor.heartbeats", "tlao.dead-letters",
                ]))
            for topic in topics {
                try await expectNothingSecret(on: topic, kafka, as: up)
            }
        }
    }

    // MARK: What is expected of messages

    private enum Secret {
        static let prompt = "the-words-of-a-prompt"
        static let environment = "the-value-of-a-variable"
    }

    private func expectNothingSecret(
        on topic: String, _ kafka: KafkaCat, as up: Up
    ) async throws {
        let messages = try await kafka.messages(on: topic)
        if ["tlao.dead-letters", "tlao.run.control"].contains(topic) {
            #expect(messages.isEmpty)
        } else {
            #expect(!messages.isEmpty, "\(topic)")
        }
        for message in messages {
            #expect(message.headers.contains("content-type=application/cloudevents+json"))
            #expect(try message.document["specversion"] == "1.0")
            let text = message.key + message.headers + message.value
            for secret in [
                Secret.prompt, Secret.environment, up.user.token, up.file.password,
            ] {
                #expect(!text.contains(secret), "\(topic)")
            }
        }
    }

    private func expectCloudEvent(
        _ message: KafkaCat.Message, of run: RunID, data: JSONValue
    ) throws {
        let event = try message.document
        let sequence = try #require(data["sequenceNumber"]?.whole)
        #expect(message.headers.contains("content-type=application/cloudevents+json"))
        #expect(event["specversion"] == "1.0")
        #expect(event["id"]?.text == "\(run)/\(sequence)")
        #expect(event["subject"]?.text == run.text)
        #expect(event["data"] == data)
        #expect(event["time"] == data["timestamp"])
        #expect(event["datacontenttype"] == "application/json")
        let type = try #require(event["type"]?.text)
        #expect(type == "dev.tlao.run.\(try kind(of: data)).v1")
        let source = try #require(event["source"]?.text)
        #expect(["/tlao/intake", "/tlao/dispatcher", "/tlao/executor"].contains(source))
    }

    /// The documented word for an event in its CloudEvents type.
    private func kind(of event: JSONValue) throws -> String {
        switch event["type"]?.text {
        case "log": return "log"
        case "artifact_ready": return "artifact_ready"
        case "run_error": return "error"
        default: break
        }
        let status = try #require(event["data"]?["status"]?.text)
        return event["data"]?["phase"] == "assigned" ? "assigned" : status
    }

    private func inOrder(_ messages: [KafkaCat.Message]) throws -> [KafkaCat.Message] {
        let numbered = try messages.map { message in
            (try #require(try message.document["data"]?["sequenceNumber"]?.whole), message)
        }
        return numbered.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private func waitingAgent(_ up: Up) async throws -> (ShellAgent, Gate) {
        let gate = try Gate(in: up.installation.folder)
        let agent = try ShellAgent(
            "waiting", in: up.installation.folder,
            environment: [Gate.variable: gate.path, "SECRET": Secret.environment],
            script: """
                echo "The agent begins."
                \(Gate.wait)
                echo "The agent ends."
                """)
        try await agent.register(by: up.user)
        return (agent, gate)
    }
}
