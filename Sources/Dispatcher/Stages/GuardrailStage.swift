// SPDX-License-Identifier: Apache-2.0

import Model

/// Stage 1 of a decision: whether the workspace's limits let the run start now.
enum GuardrailStage {
    /// Why the run has to wait; nil when it may go on to the next stage.
    ///
    /// A run that holds a slot already, left over from an earlier offer, may keep it. A lowered limit
    /// only means that no slot is free until enough runs have ended.
    static func reasonToWait(
        _ run: RunID, slotHolders: Set<RunID>, concurrencyLimit: Int
    ) -> WaitingReason? {
        guard concurrencyLimit > 0 else { return .concurrencyLimit }
        if slotHolders.contains(run) { return nil }
        return slotHolders.count < concurrencyLimit ? nil : .concurrencyLimit
    }
}
