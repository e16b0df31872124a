// SPDX-License-Identifier: Apache-2.0

public import Model

/// Why a queued run waits, as the API shows it.
public struct WaitingResponse: Hashable, Codable, Sendable {
    /// The reason, for programs.
    public let reason: WaitingReason
    /// Its place in its workspace's line, from 1; null when it was just offered to a worker.
    public let position: Int?
    /// The reason, in words.
    public let message: String

    /// Shows a reason.
    public init(reason: WaitingReason, position: Int?) {
        self.reason = reason
        self.position = position
        message = Self.words(for: reason)
    }

    private static func words(for reason: WaitingReason) -> String {
        switch reason {
        case .concurrencyLimit: "The workspace's running runs hold all its slots."
        case .noWorkerOnline: "No worker that serves its executor is online."
        case .workersBusy: "The workers that serve its executor are busy."
        case .starting: "It is about to start."
        case .brokerUnreachable: "The message broker can't be reached; it starts when it can."
        }
    }
}
