// SPDX-License-Identifier: Apache-2.0

import Seams

extension TimeSource {
    /// Runs `body`, and cancels it when it takes longer than `limit`; returns when it has ended.
    func limited(to limit: Duration, _ body: @escaping @Sendable () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await body() }
            group.addTask { await pause(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }

    /// Waits for `duration`, or until the task is cancelled, and says which by true or false.
    @discardableResult
    func pause(for duration: Duration) async -> Bool {
        do {
            try await sleep(for: duration)
            return true
        } catch {
            return false
        }
    }
}
