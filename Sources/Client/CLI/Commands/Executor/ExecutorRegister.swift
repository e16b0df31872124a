// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Model
import SystemPackage
import TlaoSDK

/// `tlao executor register`.
struct ExecutorRegister: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register", abstract: "Register an agent, or change one (admin).",
        discussion: "The server checks the record and names everything that is wrong with it.")

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions

    @Argument(
        help: ArgumentHelp("The record, as JSON; - is standard input.", valueName: "file.json"))
    var file: String

    private static let sizeLimit = 256 << 10

    func run() async throws {
        let record = try await record()
        guard let name = record["executorName"]?.text, !name.isEmpty else {
            throw CommandFailure(
                .badInput, "'\(file)' names no executor.",
                advice: ["Add a member: \"executorName\": \"my-agent\""])
        }
        try await CommandSession.with(global) { session in
            let body = try await session.client.body(
                putting: record, to: ["executors", name])
            if session.printsJSON { try await session.console.print(body: body) }
            await session.console.say("Registered \(name.escapedForTerminal).")
        }
    }

    private func record() async throws -> JSONValue {
        let content =
            try await file == "-"
            ? FileReading.standardInput(limit: Self.sizeLimit)
            : FileReading.contents(of: FilePath(file), limit: Self.sizeLimit)
        guard let content else {
            throw CommandFailure(.notFound, "There is no file '\(file)'.")
        }
        do {
            return try JSONText.decode(JSONValue.self, from: content)
        } catch {
            throw CommandFailure(.badInput, "'\(file)' is not JSON.", cause: error)
        }
    }
}
