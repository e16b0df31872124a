// SPDX-License-Identifier: Apache-2.0

import Model

/// The error of a step for which the run fails with a reason of the closed list.
struct RunFault: Error {
    /// What the run says.
    let failure: RunFailure
    /// What an operator may want to know beyond that.
    let cause: (any Error)?

    init(_ code: RunFailure.Code, _ message: String, cause: (any Error)? = nil) {
        failure = RunFailure(code: code, message: message)
        self.cause = cause
    }
}
