// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The process's environment, read in this one place and handed on.
enum ProcessEnvironment {
    static var variables: [String: String] { ProcessInfo.processInfo.environment }
}
