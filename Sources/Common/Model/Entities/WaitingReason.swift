// SPDX-License-Identifier: Apache-2.0

/// Why a queued run doesn't run yet.
public enum WaitingReason: String, CaseIterable, Codable, Sendable {
    /// The workspace's runs hold all its slots.
    case concurrencyLimit = "concurrency_limit"
    /// No worker that serves its executor was heard of lately.
    case noWorkerOnline = "no_worker_online"
    /// The workers that serve its executor have no free slot.
    case workersBusy = "workers_busy"
    /// It was just accepted, or a worker is about to claim it.
    case starting
    /// Kafka can't be reached, so no worker can be.
    case brokerUnreachable = "broker_unreachable"
}
