// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

extension ExitStatus {
    /// What to throw to end the process with this number when everything has been said.
    var code: ExitCode { ExitCode(number) }
}
