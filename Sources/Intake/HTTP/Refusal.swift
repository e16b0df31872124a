// SPDX-License-Identifier: Apache-2.0

import API
import Model

/// A request that can't be granted: what the caller is told.
///
/// Only ``ErrorResponses`` knows the status.
struct Refusal: Error {
    let code: ErrorCode
    let message: String
    var details: [Violation]?
    var maxBytes: Int64?
    /// In how many seconds asking again may help.
    var retryAfter: Int?

    init(
        _ code: ErrorCode, _ message: String, details: [Violation]? = nil, maxBytes: Int64? = nil,
        retryAfter: Int? = nil
    ) {
        self.code = code
        self.message = message
        self.details = details
        self.maxBytes = maxBytes
        self.retryAfter = retryAfter
    }
}
