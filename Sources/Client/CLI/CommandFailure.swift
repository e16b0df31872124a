// SPDX-License-Identifier: Apache-2.0

/// Says on the terminal why a command did not do what it was asked: what happened, what to try.
struct CommandFailure: Error, Sendable {
    /// What the process ends with.
    let code: ExitStatus
    /// What happened, in a sentence.
    let reason: String
    /// What to try, line by line.
    let advice: [String]
    /// The id under which the server logged it.
    let correlationID: String?
    /// The error underneath.
    let cause: (any Error)?

    init(
        _ code: ExitStatus, _ reason: String, advice: [String] = [], correlationID: String? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.reason = reason
        self.advice = advice
        self.correlationID = correlationID
        self.cause = cause
    }
}
