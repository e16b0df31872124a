// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Glibc
import Synchronization

/// Owns the thread on which one client's transfers run.
///
/// Must be ended: by `join`, or by `abandon` where nobody can wait.
final class ClientThread: Sendable {
    let mailbox: Mailbox

    private enum State {
        case running(pthread_t)
        case joining([CheckedContinuation<Void, Never>])
        case joined
    }

    private let state: Mutex<State>

    /// Starts the thread.
    init(_ configuration: CurlConfiguration) throws(CurlError) {
        let multi = try MultiHandle(configuration)
        mailbox = Mailbox(wake: { multi.wake() })
        state = Mutex(.joined)
        let start = ThreadStart(multi, mailbox, configuration)
        let thread = try start.launch()
        state.withLock { $0 = .running(thread) }
    }

    /// Asks the loop to close, and waits for the thread to end without holding a cooperative one.
    func join() async {
        mailbox.post(.close)
        await withCheckedContinuation { continuation in
            let (thread, isJoined) = state.withLock { state -> (pthread_t?, Bool) in
                switch state {
                case .running(let thread):
                    state = .joining([continuation])
                    return (thread, false)
                case .joining(let others):
                    state = .joining(others + [continuation])
                    return (nil, false)
                case .joined: return (nil, true)
                }
            }
            if isJoined { continuation.resume() }
            // pthread_join blocks for as long as libcurl takes to close its connections.
            if let thread { DispatchQueue.global().async { self.reap(thread) } }
        }
    }

    /// Asks the loop to close, and lets the thread end by itself.
    func abandon() {
        mailbox.post(.close)
        state.withLock { state in
            guard case .running(let thread) = state else { return }
            state = .joined
            pthread_detach(thread)
        }
    }

    private func reap(_ thread: pthread_t) {
        pthread_join(thread, nil)
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            defer { state = .joined }
            guard case .joining(let waiting) = state else { return [] }
            return waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// What the new thread is given; it lives until the thread has taken it over.
private final class ThreadStart: Sendable {
    private let multi: MultiHandle
    private let mailbox: Mailbox
    private let configuration: CurlConfiguration

    init(_ multi: MultiHandle, _ mailbox: Mailbox, _ configuration: CurlConfiguration) {
        self.multi = multi
        self.mailbox = mailbox
        self.configuration = configuration
    }

    func launch() throws(CurlError) -> pthread_t {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            throw CurlError(.library, reason: "No thread can be started (errno \(code)).")
        }
        return thread
    }

    private func run() {
        blockSignals()
        TransferLoop(multi, mailbox: mailbox, configuration: configuration).run()
    }

    /// Leaves the process's signals to its other threads.
    ///
    /// SIGPIPE, which writing to a closed connection may raise on this one, is thereby ignored. The
    /// threads on which libcurl resolves names inherit it.
    private func blockSignals() {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, nil)
    }
}
