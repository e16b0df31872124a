// SPDX-License-Identifier: Apache-2.0

import Model
import Records
import Repositories

/// The executors whose runs this worker takes, as the registry has them now.
struct ServedExecutors: Sendable {
    let registry: ExecutorRegistry
    let only: Set<String>

    /// The active ones it serves, by name.
    var records: [ExecutorRecord] {
        registry.executors.filter { $0.status == .active && isServed($0.executorName) }
    }

    /// The topics on which it is offered runs.
    var topics: Set<Topic> { Set(records.map { Topic($0.assignmentTopic) }) }

    /// Finds the record a run was assigned by; one the registry doesn't show yet is looked up.
    ///
    /// Nil when this worker doesn't serve it. An inactive one is answered: it was active when the
    /// run was assigned.
    func record(named name: String) async throws -> ExecutorRecord? {
        guard isServed(name) else { return nil }
        if let known = registry.executors.first(where: { $0.executorName == name }) { return known }
        try await registry.refresh()
        return registry.executors.first { $0.executorName == name }
    }

    private func isServed(_ name: String) -> Bool { only.isEmpty || only.contains(name) }
}
