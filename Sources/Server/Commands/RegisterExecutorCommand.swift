// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import Model
import Repositories
import ServiceRuntime

/// `tlao-codex admin register-executor`: an executor's record, from a file.
struct RegisterExecutorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register-executor",
        abstract: "Register an executor, or change one, from a JSON file.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "The file with the record.")
    var file: String

    func run() async throws {
        let record = try read()
        let settings = try ServerSettings(try await common.settings())
        try await Backends.withStores(settings) { stores in
            try await ExecutorStore(table: stores.table).put(record)
        }
        print("Registered \(record.executorName).")
    }

    private func read() throws -> ExecutorRecord {
        let document: JSONValue
        do {
            document = try JSONText.decode(
                JSONValue.self, from: try Data(contentsOf: URL(filePath: file)))
        } catch {
            throw ServerFailure(
                status: ServerFailure.data, message: "\(file) can't be read as JSON: \(error)")
        }
        do {
            return try ExecutorValidation.validate(document, named: nil)
        } catch {
            let lines = error.list.map { "  \($0.field): \($0.reason)" }.joined(separator: "\n")
            throw ServerFailure(
                status: ServerFailure.data, message: "\(file) is no executor:\n\(lines)")
        }
    }
}
