// SPDX-License-Identifier: Apache-2.0

import Model
import Synchronization
import TlaoSDK

/// How far a run was brought by the command, for whoever interrupts it.
final class RunStage: Sendable {
    private enum Stage {
        case preparing
        case submitting
        case submitted(RunID)
    }

    private let stage = Mutex(Stage.preparing)

    /// The request that makes the run is under way.
    func submits() {
        stage.withLock { $0 = .submitting }
    }

    /// The run is there.
    func submitted(_ run: RunID) {
        stage.withLock { $0 = .submitted(run) }
    }

    /// What an interruption left behind, and what to do about it.
    var words: String {
        switch stage.withLock({ $0 }) {
        case .preparing: "Interrupted. No run was made."
        case .submitting: "Interrupted while the run was made. See whether it was: tlao runs"
        case .submitted(let run): "Detached. \(Self.followAdvice(run))"
        }
    }

    /// A failure to follow, with the way to go on: the run itself is not affected.
    func explained(_ error: any Error, address: String) -> any Error {
        guard case .submitted(let run) = stage.withLock({ $0 }), let error = error as? TlaoError,
            error.code != .cancelled
        else { return error }
        let failure = CommandFailure(error, address: address)
        return CommandFailure(
            failure.code, failure.reason, advice: failure.advice + [Self.followAdvice(run)],
            correlationID: failure.correlationID, cause: error)
    }

    private static func followAdvice(_ run: RunID) -> String {
        "The run goes on; follow it: tlao runs logs -f \(run)"
    }
}
