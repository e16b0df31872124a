// SPDX-License-Identifier: Apache-2.0

import Model

/// Stage 2 of a decision: which executors may do the work.
enum ExecutorStage {
    /// The executors in question, the preferred one first; empty when there is none now.
    ///
    /// Intake refuses runs without an executor; here one was removed or made inactive since, and may
    /// come back, so that the run waits.
    static func candidates(
        for needs: RunNeeds, in registry: [ExecutorRecord]
    ) -> [ExecutorRecord] {
        do {
            return try ExecutorChoice.candidates(
                for: needs.taskType, requested: needs.requestedExecutor, in: registry)
        } catch {
            return []
        }
    }
}
