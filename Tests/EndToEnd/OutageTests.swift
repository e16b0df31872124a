// SPDX-License-Identifier: Apache-2.0

import API
import Model
import TestSupport
import Testing
import TlaoSDK

@Suite(.timeLimit(.minutes(4)))
struct OutageTests {
    /// Nothing looks into the table by itself, and nobody meets there.
    private static let kafkaAlone = ["TLAO_SWEEPER": "off", "TLAO_BROKER_PATIENCE_SEC": "86400"]

    @Test
    func `with the sweeper switched off a run completes through Kafka alone`() async throws {
        try await withUp(Self.kafkaAlone) { up in
            let agent = try await ShellAgent.quick(by: up.user, in: up.installation.folder)
            for _ in 0..<3 {
                let run = try await up.user.startRun("Anything", on: agent.name).runId
                #expect(try await up.user.ended(run).status == .completed)
            }
        }
    }

    @Test
    func `a run accepted while every broker is down completes once they are back`() async throws {
        try await withCluster { cluster, installation in
            let settings = [
                "TLAO_KAFKA_BROKERS": cluster.brokers,
                "TLAO_BROKER_PATIENCE_SEC": "86400",
            ]
            try await withUp(on: installation, settings) { up in
                let agent = try await ShellAgent.quick(by: up.user, in: up.installation.folder)
                try await cluster.takeDown()
                let run = try await up.user.startRun("Anything", on: agent.name)
                #expect(run.status == .queued)
                try await eventually(within: .seconds(60), "the run to wait for the broker") {
                    let shown = try await up.user.client.getRun(run.runId)
                    return shown.waitingFor?.reason == .brokerUnreachable
                }
                try await cluster.bringUp()
                #expect(
                    try await up.user.ended(run.runId, within: .seconds(90)).status == .completed)
            }
        }
    }

    @Test
    func `a run completes without Kafka, and its end is told once Kafka is back`() async throws {
        try await withCluster { cluster, installation in
            let settings = [
                "TLAO_KAFKA_BROKERS": cluster.brokers, "TLAO_BROKER_PATIENCE_SEC": "2",
            ]
            try await withUp(on: installation, settings) { up in
                let agent = try await ShellAgent.quick(by: up.user, in: up.installation.folder)
                try await cluster.takeDown()
                let run = try await up.user.startRun("Anything", on: agent.name).runId
                let ended = try await up.user.ended(run, within: .seconds(90))
                #expect(ended.status == .completed)
                let timeline = try await up.user.timeline(run)
                #expect(timeline.map(\.sequenceNumber) == Array(1...ended.lastSequence))

                try await cluster.bringUp()
                let kafka = KafkaCat(brokers: cluster.brokers)
                try await kafka.follow("tlao.run.events", in: up.installation.folder) { received in
                    try await eventually(within: .seconds(90), "the terminal event on Kafka") {
                        try received().contains {
                            let event = try $0.document
                            return event["id"]?.text == "\(run)/\(ended.lastSequence)"
                                && event["type"] == "dev.tlao.run.completed.v1"
                        }
                    }
                }
            }
        }
    }

    @Test
    func `a server that starts without Kafka accepts a run and completes it`() async throws {
        try await withCluster { cluster, installation in
            try await cluster.takeDown()
            let settings = [
                "TLAO_KAFKA_BROKERS": cluster.brokers, "TLAO_BROKER_PATIENCE_SEC": "2",
            ]
            try await withUp(on: installation, settings) { up in
                let agent = try await ShellAgent.quick(by: up.user, in: up.installation.folder)
                let run = try await up.user.startRun("Anything", on: agent.name).runId
                #expect(
                    try await up.user.ended(run, within: .seconds(90)).status == .completed)
            }
        }
    }

    private func withCluster(
        _ body: (MockCluster, Installation) async throws -> Void
    ) async throws {
        try await Installation.with { installation in
            try await MockCluster.with(installation) { try await body($0, installation) }
        }
    }
}
