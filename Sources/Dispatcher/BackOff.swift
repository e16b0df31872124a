// SPDX-License-Identifier: Apache-2.0

import Model

/// How long to wait before trying again what did not help.
enum BackOff {
    /// The delay after so many attempts in vain: the shortest one, doubled each time, up to the
    /// longest.
    static func delay(_ attempts: Int, timing: PipelineTiming) -> Duration {
        min(timing.retryDelay * (1 << min(max(0, attempts), 20)), timing.retryDelayLimit)
    }
}
