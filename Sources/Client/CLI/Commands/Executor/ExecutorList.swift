// SPDX-License-Identifier: Apache-2.0

import API
import ArgumentParser
import Model

/// `tlao executor list`.
struct ExecutorList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the registered agents and their workers.")

    @OptionGroup(title: "Options everywhere") var global: GlobalOptions
    @OptionGroup var pages: PageOptions

    func run() async throws {
        try await CommandSession.with(global) { session in
            let listing = Listing<ExecutorResponse>(path: "/executors", pages: pages)
            try await listing.show(in: session) { executors in
                var table = Table(
                    "NAME", "STATUS", "PROTOCOL", "WORKERS", "FREE SLOTS", "TASK TYPES")
                for executor in executors {
                    let record = executor.record
                    table.add(
                        record.executorName, record.status.rawValue,
                        record.config.protocol.rawValue, String(executor.workersOnline),
                        "\(executor.freeSlots) of \(executor.slots)",
                        record.supportedTaskTypes.map(\.rawValue).joined(separator: " "))
                }
                return table
            }
        }
    }
}
