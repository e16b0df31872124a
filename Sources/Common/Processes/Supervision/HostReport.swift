// SPDX-License-Identifier: Apache-2.0

/// A line that the host says over its control socket.
enum HostReport: Equatable {
    case started(StartedProcess)
    case failed(HostedProcess.StartFailure)
    case exited(code: Int32)
    case signaled(signal: Int32)
    case gone

    /// Nil for a line that says nothing known, as a newer host's might be.
    init?(line: Substring) {
        let words = line.split(separator: " ", maxSplits: 3)
        let number = words.count > 1 ? Int32(words[1]) : nil
        switch (words.first, number) {
        case ("started", let processIdentifier?) where words.count == 4:
            guard let session = Int32(words[2]) else { return nil }
            self = .started(
                StartedProcess(
                    processIdentifier: processIdentifier, session: session,
                    isolation: HostedProcess.Isolation(rawValue: String(words[3])) ?? .processTree))
        case ("failed", let systemError?) where words.count == 4:
            self = .failed(
                HostedProcess.StartFailure(
                    stage: words[2], systemError: systemError, message: words[3]))
        case ("exited", let code?):
            self = .exited(code: code)
        case ("signaled", let signal?):
            self = .signaled(signal: signal)
        case ("gone", _):
            self = .gone
        default:
            return nil
        }
    }
}

/// A command that runs, in numbers of this process's own PID namespace.
struct StartedProcess: Equatable, Sendable {
    let processIdentifier: Int32
    /// The session of the command and of all descendants that made none of their own.
    let session: Int32
    let isolation: HostedProcess.Isolation
}
