// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Starts one host and serves it until nothing is left of it: passes requests on, hears its reports,
/// and moves bytes between its pipes and the shared buffers.
///
/// Made, used and ended on a thread of its own, which blocks in `poll`.
final class SupervisionThread {
    private let configuration: HostedProcess.Configuration
    private let arguments: HostArguments
    let supervision: Supervision

    /// The host's process id, until it has been reaped.
    private var host: pid_t?
    var control: Descriptor?
    var input: Descriptor?
    var outputs: [ProcessOutput.Stream: OutputPipe] = [:]

    private var unreadReports: [UInt8] = []
    private var started: StartedProcess?
    private var result: HostedProcess.Outcome?
    /// Whether the tree is gone, or nothing can be learnt about it any more.
    private(set) var isOver = false
    /// When a host that has work to do must be done with it.
    private var deadline: ContinuousClock.Instant?
    private var isHostKilled = false
    /// Refilled by every read, so that a flood costs no memory.
    var readBuffer = [UInt8](repeating: 0, count: 64 * 1024)

    /// A pipe that the process writes to.
    ///
    /// A class because a dictionary can't hold what can't be copied.
    final class OutputPipe {
        let descriptor: Descriptor

        init(_ descriptor: consuming Descriptor) {
            self.descriptor = descriptor
        }
    }

    init(
        _ configuration: HostedProcess.Configuration, _ arguments: HostArguments,
        _ supervision: Supervision
    ) {
        self.configuration = configuration
        self.arguments = arguments
        self.supervision = supervision
    }

    /// Returns when everything is settled.
    func run() {
        do throws(ProcessError) {
            try startHost()
            supervision.hosted.settle(.success(()))
            serve()
        } catch {
            supervision.hosted.settle(.failure(error))
        }
        finish()
    }

    private func serve() {
        while !isOver || control != nil || !outputs.isEmpty {
            let ready = waitForSomething(timeout: timeUntilDeadline())
            passOnRequests()
            if ready.control { hearReports() }
            if ready.input { writeInput() }
            for stream in ready.outputs { readOutput(stream) }
            closeInputWhenDone()
            endOutputWhenOver()
            obeyDeadline()
        }
    }

    /// The control socket has ended, so the host has.
    private func reapHost() {
        guard let host else { return }
        HostSpawn.reap(host)
        self.host = nil
    }

    /// Settles what is still open, in the order in which it is waited for.
    private func finish() {
        control = nil
        input = nil
        outputs = [:]
        supervision.refuseInput()
        supervision.endOutput()
        supervision.start.settle(nil)
        supervision.outcome.settle(result ?? .hostLost)
        supervision.withState { state in state.wakeup = nil }
        supervision.finished.settle(())
    }
}

// Starting.
extension SupervisionThread {
    private func startHost() throws(ProcessError) {
        let controls = try Descriptor.socketPair()
        let output = try Descriptor.pipe()
        let error = try Descriptor.pipe()
        let theirControl = try controls.second.movedUp()
        let theirOutput = try output.second.movedUp()
        let theirError = try error.second.movedUp()
        let theirInput = try openInput()

        let spawned = HostSpawn.spawn(
            arguments, input: theirInput.number, output: theirOutput.number,
            error: theirError.number, control: theirControl.number)
        switch spawned {
        case .success(let host):
            self.host = host
        case .failure(let failure) where failure.systemError == E2BIG:
            // The command's fault, not the host's.
            end(with: .startFailed(.argumentsTooLong))
            return
        case .failure(let failure):
            throw Self.error(of: failure)
        }
        control = consume controls.first
        adopt(output.first, as: .standardOutput)
        adopt(error.first, as: .standardError)
    }

    /// The end that the process gets; the other one, if any, becomes `input`.
    private func openInput() throws(ProcessError) -> Descriptor {
        switch configuration.standardInput {
        case .none:
            return try Descriptor.reading(path: "/dev/null").movedUp()
        case .file(let path):
            return try Descriptor.reading(path: path).movedUp()
        case .bytes, .stream:
            let pipe = try Descriptor.pipe()
            pipe.second.setNonBlocking()
            input = consume pipe.second
            return try pipe.first.movedUp()
        }
    }

    private func adopt(_ end: consuming Descriptor, as stream: ProcessOutput.Stream) {
        end.setNonBlocking()
        outputs[stream] = OutputPipe(end)
    }

    private static func error(of failure: HostSpawn.SpawnFailure) -> ProcessError {
        switch failure.systemError {
        case ENOENT, EACCES, ENOTDIR, ENOEXEC:
            ProcessError(
                .hostNotFound, "The host can't be executed.", systemError: failure.systemError)
        default:
            ProcessError(
                .resourcesExhausted, "The host could not be started.",
                systemError: failure.systemError)
        }
    }
}

// Talking to the host.
extension SupervisionThread {
    private func passOnRequests() {
        let requests = supervision.withState { state in
            defer { state.requests = [] }
            return state.requests
        }
        for request in requests where !isOver {
            control?.send(line: request.rawValue)
            switch request {
            case .interrupt: break
            case .terminate: expectEnd(within: configuration.terminationGrace)
            case .kill: expectEnd(within: .zero)
            }
        }
    }

    private func hearReports() {
        var buffer = [UInt8](repeating: 0, count: 1024)
        switch control?.read(into: &buffer) {
        case .count(let count):
            unreadReports += buffer[..<count]
            takeReports()
        case .wouldBlock:
            break
        case .ended, nil:
            control = nil
            if !isOver { loseHost() }
            reapHost()
        }
    }

    private func takeReports() {
        while let end = unreadReports.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: unreadReports[..<end], as: UTF8.self)
            unreadReports.removeSubrange(...end)
            if let report = HostReport(line: line[...]) {
                take(report)
            }
        }
    }

    private func take(_ report: HostReport) {
        switch report {
        case .started(let started):
            self.started = started
            supervision.start.settle(started)
        case .failed(let failure):
            result = .startFailed(failure)
            supervision.start.settle(nil)
        case .exited(let code):
            result = .exited(code: code)
            expectEnd(within: configuration.leftoverGrace)
        case .signaled(let signal):
            result = .signaled(signal: signal)
            expectEnd(within: configuration.leftoverGrace)
        case .gone:
            end(with: result ?? .hostLost)
            deadline = .now + configuration.hostPatience
        }
    }

    private func end(with outcome: HostedProcess.Outcome) {
        isOver = true
        result = outcome
        supervision.start.settle(nil)
        supervision.outcome.settle(outcome)
    }

    /// The host has ended without saying that the tree is gone.
    ///
    /// It has not been reaped, so the number of its session can't have been given to another.
    private func loseHost() {
        if let session = started?.session ?? host {
            ProcessSession.kill(session)
        }
        end(with: .hostLost)
    }

    private func expectEnd(within grace: Duration) {
        let latest = ContinuousClock.now + grace + configuration.hostPatience
        deadline = min(deadline ?? latest, latest)
    }

    private func timeUntilDeadline() -> Duration? {
        guard control != nil, let deadline else { return nil }
        return max(.zero, ContinuousClock.now.duration(to: deadline))
    }

    /// A host that is stopped, or waits for a process that the kernel can't end, is killed; when
    /// even that has no visible effect, it is given up.
    private func obeyDeadline() {
        guard control != nil, let host, let deadline, deadline <= .now else { return }
        if isHostKilled {
            control = nil
            if !isOver { loseHost() }
            HostSpawn.reapIfEnded(host)
        } else {
            HostSpawn.kill(host)
            isHostKilled = true
            self.deadline = .now + configuration.hostPatience
        }
    }
}
