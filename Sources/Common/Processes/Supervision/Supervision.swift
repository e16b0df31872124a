// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What the tasks that use a hosted process and the thread that serves it share.
///
/// Tasks leave wishes and take output here, and wake the thread; only the thread touches the
/// process. The thread settles each promise exactly once, `finished` last of all.
final class Supervision: Sendable {
    /// Whether there is a host: settled before anything else.
    let hosted = Settled<Result<Void, ProcessError>>()
    /// The running command; nil when it could not be started.
    let start = Settled<StartedProcess?>()
    /// How it ended: settled when the tree is gone.
    let outcome = Settled<HostedProcess.Outcome>()
    /// Settled when the thread holds nothing any more: no process, no descriptor.
    let finished = Settled<Void>()

    private let state: Mutex<SupervisionState>

    private init(_ state: consuming sending SupervisionState) {
        self.state = Mutex(state)
    }

    /// Checks the configuration and starts the thread, which starts the host.
    static func begin(
        _ configuration: HostedProcess.Configuration
    ) throws(ProcessError) -> Supervision {
        let arguments = try HostArguments(configuration)
        let supervision = Supervision(
            SupervisionState(configuration, wakeup: try Descriptor.event()))
        try ChildThread.start {
            SupervisionThread(configuration, arguments, supervision).run()
        }
        return supervision
    }

    /// Asks the thread to pass this on to the host.
    func request(_ request: HostRequest) {
        state.withLock { state in
            state.requests.append(request)
            state.wakeup?.signal()
        }
    }

    /// Says that nobody takes output or writes input any more, and that the tree has to end.
    func leaveScope() {
        let writers = state.withLock { state in
            state.output.discard()
            state.requests.append(.terminate)
            state.wakeup?.signal()
            return state.input.close()
        }
        Self.refuse(writers)
    }

    /// Does something with the shared state, for the thread.
    func withState<Result>(_ body: (inout SupervisionState) -> Result) -> Result {
        state.withLock { state in body(&state) }
    }

    /// The number of the event counter that wakes the thread; -1 once it has been closed.
    var wakeupNumber: Int32 {
        state.withLock { state in state.wakeup?.number ?? -1 }
    }
}

/// Resumed when the bytes are in the pipe, or with the reason why they never will be.
typealias InputWriter = CheckedContinuation<Result<Void, ProcessError>, Never>

/// What a task can ask of the host.
///
/// The raw value is the word on the control socket.
enum HostRequest: String {
    case interrupt
    case terminate = "term"
    case kill
}

/// The part of a supervision that is behind its lock.
struct SupervisionState: ~Copyable {
    var output: OutputBuffer
    /// The task that waits for output; there is only one.
    var reader: CheckedContinuation<ProcessOutput?, Never>?
    /// Set by the thread when it stops reading for want of room.
    var awaitsRoom = false
    var input: InputQueue<InputWriter>
    var lastWriteNumber: UInt64 = 0
    var requests: [HostRequest] = []
    /// Wakes the thread out of its wait; nil when there is no thread to be woken any more.
    var wakeup: Descriptor?

    init(_ configuration: HostedProcess.Configuration, wakeup: consuming Descriptor) {
        output = OutputBuffer(capacity: configuration.outputBufferBytes)
        input = InputQueue(configuration.standardInput)
        self.wakeup = consume wakeup
    }
}
