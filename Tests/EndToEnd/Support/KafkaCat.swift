// SPDX-License-Identifier: Apache-2.0

import Model

/// kcat, a Kafka client that is not ours, looking at the brokers from outside.
struct KafkaCat: Sendable {
    /// A message as kcat prints it.
    struct Message: Sendable {
        let key: String
        let headers: String
        let value: String

        /// The value as JSON; throws when it is none.
        var document: JSONValue {
            get throws { try JSONText.decode(JSONValue.self, from: value) }
        }
    }

    let brokers: String
    private static let format = #"%k\t%h\t%s\n"#

    /// The names of all topics.
    func topics() async throws -> [String] {
        let listing = try JSONText.decode(
            JSONValue.self, from: try await Command.output("kcat", ["-b", brokers, "-L", "-J"]))
        guard case .array(let topics) = listing["topics"] else { return [] }
        return topics.compactMap { $0["topic"]?.text }
    }

    /// Everything a topic holds now.
    func messages(on topic: String) async throws -> [Message] {
        Self.parse(
            try await Command.output(
                "kcat",
                [
                    "-b", brokers, "-C", "-t", topic, "-o", "beginning", "-e", "-q", "-f",
                    Self.format,
                ]))
    }

    /// Follows a topic for the length of `body`, which asks for the messages that came so far.
    func follow<Value: Sendable>(
        _ topic: String, in folder: String,
        _ body: (_ received: @Sendable () -> [Message]) async throws -> Value
    ) async throws -> Value {
        try await ChildProcess.with(
            "/usr/bin/env",
            [
                "kcat", "-b", brokers, "-C", "-t", topic, "-o", "beginning", "-u", "-q", "-f",
                Self.format,
            ],
            environment: ["PATH": Command.path], folder: folder
        ) { process in
            try await body { Self.parse(process.output) }
        }.value
    }

    /// Reads whole lines only: the last one may still be on its way.
    private static func parse(_ output: String) -> [Message] {
        output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().compactMap {
            let columns = $0.split(
                separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
            guard columns.count == 3 else { return nil }
            return Message(
                key: String(columns[0]), headers: String(columns[1]), value: String(columns[2]))
        }
    }
}
