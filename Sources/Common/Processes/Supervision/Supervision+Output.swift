// SPDX-License-Identifier: Apache-2.0

extension Supervision {
    /// The next piece of output; nil at the end, or when the task is cancelled.
    func nextOutput() async -> ProcessOutput? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { reader in
                let (ready, replaced) = takeOrWait(reader)
                if let ready {
                    reader.resume(returning: ready.piece)
                }
                replaced?.resume(returning: nil)
            }
        } onCancel: {
            takeReader()?.resume(returning: nil)
        }
    }

    private struct Ready {
        let piece: ProcessOutput?
    }

    /// Answers at once when there is output or will be none, otherwise keeps the reader.
    ///
    /// Cancelling before this point is seen here; after it, by the handler, which waits for the
    /// same lock.
    private func takeOrWait(
        _ reader: CheckedContinuation<ProcessOutput?, Never>
    ) -> (Ready?, replaced: CheckedContinuation<ProcessOutput?, Never>?) {
        withState { state in
            if let piece = state.output.next() {
                wakeThreadIfRoomIsAwaited(&state)
                return (Ready(piece: piece), nil)
            }
            if state.output.hasEnded || Task.isCancelled {
                return (Ready(piece: nil), nil)
            }
            let replaced = state.reader
            state.reader = reader
            return (nil, replaced)
        }
    }

    private func wakeThreadIfRoomIsAwaited(_ state: inout SupervisionState) {
        guard state.awaitsRoom, state.output.hasAmpleRoom else { return }
        state.awaitsRoom = false
        state.wakeup?.signal()
    }

    private func takeReader() -> CheckedContinuation<ProcessOutput?, Never>? {
        withState { state in state.reader.take() }
    }

    /// Whether there is room to read on; if not, the thread will be woken when there is.
    func hasRoomForOutput() -> Bool {
        withState { state in
            if state.output.hasRoom, !state.awaitsRoom { return true }
            state.awaitsRoom = !state.output.hasAmpleRoom
            return !state.awaitsRoom
        }
    }

    /// Hands on what was read.
    func deliver(_ bytes: ArraySlice<UInt8>, of stream: ProcessOutput.Stream) {
        resumeReader { output in output.append(bytes, of: stream) }
    }

    /// Says that no more output will come.
    func endOutput() {
        resumeReader { output in output.end() }
    }

    private func resumeReader(after change: (inout OutputBuffer) -> Void) {
        let (reader, piece) = withState {
            state -> (CheckedContinuation<ProcessOutput?, Never>?, ProcessOutput?) in
            change(&state.output)
            guard state.reader != nil else { return (nil, nil) }
            let piece = state.output.next()
            guard piece != nil || state.output.hasEnded else { return (nil, nil) }
            return (state.reader.take(), piece)
        }
        reader?.resume(returning: piece)
    }
}
