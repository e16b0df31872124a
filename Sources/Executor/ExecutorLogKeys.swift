// SPDX-License-Identifier: Apache-2.0

/// The names of metadata that only this stage's log lines have.
enum ExecutorLogKeys {
    /// Why something was decided.
    static let reason = "reason"
    /// The runs it was about.
    static let runIDs = "runIds"
}
