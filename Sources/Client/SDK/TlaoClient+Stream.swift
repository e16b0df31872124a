// SPDX-License-Identifier: Apache-2.0

public import Model

extension TlaoClient {
    /// Follows a run's timeline, from after a sequence number to its terminal event: `GET
    /// /runs/{id}/stream`.
    ///
    /// Every event comes exactly once, in order. A connection that breaks is made again and goes on
    /// where it was; see ``RunEvents``.
    public func streamRun(_ run: RunID, after: Int64 = 0) -> RunEvents {
        RunEvents(transport: transport, run: run, after: after)
    }
}
