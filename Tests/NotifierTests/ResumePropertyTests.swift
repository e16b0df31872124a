// SPDX-License-Identifier: Apache-2.0

import Model
import Notifier
import PropertyTesting
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(4)))
struct ResumePropertyTests {
    /// A life of a run around a connection that is resumed.
    private struct Life: Sendable {
        /// How many lines were written before.
        let before: Int
        /// The lines written after, and whether Kafka says each.
        let after: [Bool]
        /// Whether Kafka says that the run ended.
        let endIsSaid: Bool
        /// After which of the events known by then it is resumed.
        let cursor: Int
    }

    private static let life = Generator<Life> { choices in
        let before = try choices.draw(.integer(in: 0...12))
        return Life(
            before: before,
            after: try choices.draw(Generator<Bool>.boolean.array(count: 0...12)),
            endIsSaid: try choices.draw(.boolean),
            cursor: try choices.draw(.integer(in: 0...(before + 3))))
    }

    @Test func `Property 22: resuming after N delivers exactly N+1… in order`() async throws {
        var configuration = NotifierConfiguration()
        configuration.framesPerRun = 4
        configuration.pageSize = 3
        try await withNotifier(configuration) { scene, port in
            await checkProperty("Property 22", Self.life) { life in
                let run = try await Timeline.running(in: scene)
                for _ in 0..<life.before { try await run.log("before\n") }
                let ids = try await withConnection(port: port) { connection in
                    try await connection.send(scene.request(run.id, after: String(life.cursor)))
                    try await connection.receive("the opening") { !$0.blocks.isEmpty }
                    for isSaid in life.after {
                        let event = try await run.log("after\n")
                        if isSaid { scene.say(event) }
                    }
                    let end = try await run.end()
                    if life.endIsSaid { scene.say(end) }
                    try await scene.pass(.seconds(2)) {
                        try await connection.takePending()
                        return connection.isClosed
                    }
                    return connection.response.ids
                }
                try requireEqual(ids, Array(Int64(life.cursor + 1)...run.last))
            }
        }
    }
}
