// SPDX-License-Identifier: Apache-2.0

import API
import Model

/// A run that was just made, and the API's own words about it.
struct SubmittedRun: Sendable {
    let body: [UInt8]
    let run: RunResponse

    var runId: RunID { run.runId }

    init(body: [UInt8]) throws {
        self.body = body
        run = try JSONText.decode(RunResponse.self, from: body)
    }
}
