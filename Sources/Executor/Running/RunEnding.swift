// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import ServiceRuntime

/// Says how a run ends whose execution was stopped, or failed.
enum RunEnding {
    /// The end of a run that was stopped.
    ///
    /// A lost hold has no end that could be written; the caller looks at that first.
    static func end(of reason: StopReason) -> RunOutcome.End {
        switch reason {
        case .cancelRequested: .cancelled
        case .timeLimit: .timedOut
        case .shutdown:
            .failed(
                RunFailure(
                    code: .workerShutdown,
                    message: "The worker was shut down. Retry makes a new run."))
        case .lost:
            .failed(RunFailure(code: .executorLost, message: "The worker lost the run."))
        }
    }

    /// The end of a run one of whose steps threw `error`, after it was stopped for `reason`.
    ///
    /// What is no one's fault but the service's own is logged here, and told without details.
    static func end(
        after error: any Error, _ reason: StopReason?, _ logger: Logger
    ) -> RunOutcome.End {
        if let reason { return end(of: reason) }
        if DiskSpace.isExhausted(error) {
            return .failed(
                RunFailure(code: .diskFull, message: "The worker has no room left on its disk."))
        }
        if let fault = error as? RunFault {
            log(fault.cause ?? fault, logger)
            return .failed(fault.failure)
        }
        log(error, logger)
        return .failed(
            RunFailure(
                code: .internal, message: "The worker could not execute the run; its log says why.")
        )
    }

    /// The end of a run of whose artifacts one could not be stored: a success is none then; a run
    /// that failed, or was stopped, keeps that as its reason.
    static func end(_ end: RunOutcome.End, losing artifact: Artifact?) -> RunOutcome.End {
        guard let artifact, end == .completed else { return end }
        return .failed(
            RunFailure(
                code: .artifactUploadFailed,
                message: "The artifact \(artifact.fileName) could not be stored."))
    }

    private static func log(_ error: any Error, _ logger: Logger) {
        logger.error(
            "Step of a run failed",
            metadata: [LogKeys.operation: "execute", LogKeys.error: "\(error)"])
    }
}
