// SPDX-License-Identifier: Apache-2.0

import Model

/// What a waiting run asks of executors; never changes in a run's life.
struct RunNeeds: Hashable, Sendable {
    /// The kind of work.
    let taskType: TaskType
    /// The executor that was asked for by name; nil takes any that does the work.
    let requestedExecutor: String?

    init(taskType: TaskType, requestedExecutor: String? = nil) {
        self.taskType = taskType
        self.requestedExecutor = requestedExecutor
    }

    init(_ run: Run) {
        self.init(taskType: run.taskType, requestedExecutor: run.requestedExecutor)
    }
}
