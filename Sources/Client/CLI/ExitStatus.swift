// SPDX-License-Identifier: Apache-2.0

import Model

/// The numbers a process of this program ends with; other people's scripts depend on them.
///
/// 64 to 77 are those of sysexits.h, 124 is that of timeout(1).
struct ExitStatus: Hashable, Sendable {
    let number: Int32

    /// Done; of a run: completed.
    static let success = ExitStatus(number: 0)
    /// The run failed.
    static let failed = ExitStatus(number: 1)
    /// The command line is wrong.
    static let usage = ExitStatus(number: 64)
    /// What the command was given, or was asked to fetch, is not acceptable.
    static let badInput = ExitStatus(number: 65)
    /// A file, or what an id names, is not there.
    static let notFound = ExitStatus(number: 66)
    /// The API can't be reached.
    static let unreachable = ExitStatus(number: 69)
    /// A fault of this program, of this machine or of the service.
    static let `internal` = ExitStatus(number: 70)
    /// The quota is used up, or there were too many requests.
    static let limited = ExitStatus(number: 75)
    /// Not signed in, or not allowed.
    static let denied = ExitStatus(number: 77)
    /// The run ran over its time limit.
    static let timedOut = ExitStatus(number: 124)
    /// The run was cancelled, or the command interrupted.
    static let interrupted = ExitStatus(number: 130)
    /// Nobody reads the output any more; as if SIGPIPE had ended the process.
    static let brokenPipe = ExitStatus(number: 141)
}

extension ExitStatus {
    /// What a command that waited for a run ends with.
    init(of run: RunStatus) {
        switch run {
        case .completed: self = .success
        case .failed: self = .failed
        case .timedOut: self = .timedOut
        case .cancelled: self = .interrupted
        case .queued, .running: self = .internal
        }
    }
}
