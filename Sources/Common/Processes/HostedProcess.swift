// SPDX-License-Identifier: Apache-2.0

/// A process below a host that ends the whole tree with it, for as long as a scope lasts.
///
/// The host (`tlao-agent-host`) is the parent of the command. It outlives neither the scope nor this
/// process: when the control socket between them closes, also by `kill -9`, it sends TERM to every
/// descendant of the command and KILL after the grace. Nothing has to be recorded or cleaned up.
///
/// One thread per hosted process does all of its input and output; nothing here blocks a caller.
public struct HostedProcess: Sendable {
    private let supervision: Supervision

    /// Starts the command, lends it to `body`, and returns when the whole tree is gone.
    ///
    /// Whatever still runs when `body` returns or throws is ended: TERM, after the configured grace
    /// KILL. Cancelling the task does the same at once. A command that can't be started is no error:
    /// `body` finds no output, and the outcome says why.
    ///
    /// Throws what `body` throws, or a ``ProcessError`` when there could be no host; `body` has then
    /// not been called. Either way no process, thread or descriptor of it is left on return.
    public nonisolated(nonsending) static func run<Value>(
        _ configuration: Configuration,
        body: nonisolated(nonsending) (HostedProcess) async throws -> Value
    ) async throws -> Completion<Value> {
        let supervision = try Supervision.begin(configuration)
        return try await withTaskCancellationHandler {
            try await supervision.hosted.value.get()
            let result: Result<Value, any Error>
            do {
                result = .success(try await body(HostedProcess(supervision: supervision)))
            } catch {
                result = .failure(error)
            }
            supervision.leaveScope()
            await supervision.finished.value
            return Completion(
                value: try result.get(), outcome: await supervision.outcome.value)
        } onCancel: {
            supervision.request(.terminate)
        }
    }

    /// What the command and its descendants write, as it comes, to be read by one task.
    ///
    /// At most ``Configuration/outputBufferBytes`` are held for a reader; then the pipes fill and the
    /// writer waits. It ends when the tree is gone and what it left in the pipes has been read: neither
    /// earlier, when a command closes its output and goes on, nor later, when somebody else holds
    /// the other end of a pipe. So whoever has read to the end finds the ``outcome`` settled.
    public var output: ProcessOutputSequence {
        ProcessOutputSequence(supervision: supervision)
    }

    /// The command's standard input, when the configuration says that it is a stream.
    public var input: ProcessInput {
        ProcessInput(supervision: supervision)
    }

    /// The command's process id as this process sees it; nil when it could not be started.
    public var processIdentifier: Int32? {
        get async { await supervision.start.value?.processIdentifier }
    }

    /// How the tree is held together; nil when the command could not be started.
    public var isolation: Isolation? {
        get async { await supervision.start.value?.isolation }
    }

    /// How it ended, once the whole tree is gone.
    ///
    /// Somebody has to read ``output`` meanwhile: a command whose pipe is full does not end.
    public var outcome: Outcome {
        get async { await supervision.outcome.value }
    }

    /// Sends INT to the command's process group, as Ctrl-C in a terminal would.
    public func interrupt() {
        supervision.request(.interrupt)
    }

    /// Ends the tree: TERM to all of it, KILL after the grace to what is left.
    ///
    /// Harmless when repeated; the grace does not start again.
    public func terminate() {
        supervision.request(.terminate)
    }

    /// Ends the tree at once, by KILL.
    public func kill() {
        supervision.request(.kill)
    }
}
