// SPDX-License-Identifier: Apache-2.0

import Foundation
import Model
import TestSupport
import TlaoSDK

/// An agent that is a shell script, made available by one registry record.
struct ShellAgent: Sendable {
    let name: String
    /// The record, as it is registered.
    let record: JSONValue

    /// Writes the script into a folder; `$1` of it is the prompt.
    init(
        _ name: String, in folder: String, environment: [String: String] = [:], script: String
    ) throws {
        let path = "\(folder)/\(name).sh"
        try Data("set -eu\n\(script)\n".utf8).write(to: URL(filePath: path))
        self.name = name
        record = [
            "executorName": .string(name), "supportedTaskTypes": ["code.change"],
            "endpoint": "kafka:run.assignments", "status": "active",
            "config": [
                "protocol": "command", "command": ["/bin/sh", .string(path), "{prompt}"],
                "environment": ["set": .object(environment.mapValues { .string($0) })],
            ],
        ]
    }

    /// Registers it, as an admin.
    func register(by user: SignedIn) async throws {
        _ = try await user.client.registerExecutor(named: name, record)
    }

    /// An agent that does next to nothing, registered at once: one line, one file.
    static func quick(by user: SignedIn, in folder: String) async throws -> ShellAgent {
        let agent = try ShellAgent(
            "quick", in: folder, script: #"echo "did: $1"; echo "$1" >done.txt"#)
        try await agent.register(by: user)
        return agent
    }
}
