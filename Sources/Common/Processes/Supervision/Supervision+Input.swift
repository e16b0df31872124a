// SPDX-License-Identifier: Apache-2.0

extension Supervision {
    /// Returns when the bytes are in the pipe.
    func write(_ bytes: [UInt8]) async throws(ProcessError) {
        guard !bytes.isEmpty else { return }
        let number = withState { state in
            state.lastWriteNumber += 1
            return state.lastWriteNumber
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { writer in
                if let refusal = enqueue(bytes, number: number, writer: writer) {
                    writer.resume(returning: .failure(refusal))
                }
            }
        } onCancel: {
            let writer = withState { state in state.input.abandon(number: number) }
            writer?.resume(returning: .failure(.writeCancelled))
        }
        try result.get()
    }

    /// Cancelling before this point is seen here; after it, by the handler.
    private func enqueue(
        _ bytes: [UInt8], number: UInt64, writer: InputWriter
    ) -> ProcessError? {
        withState { state in
            guard state.input.acceptsWrites else { return .inputIsClosed }
            guard !Task.isCancelled else { return .writeCancelled }
            state.input.enqueue(bytes, number: number, writer: writer)
            state.wakeup?.signal()
            return nil
        }
    }

    /// Lets the process see the end once everything is written.
    func closeInput() {
        withState { state in
            state.input.closeWhenWritten()
            state.wakeup?.signal()
        }
    }

    /// Refuses everything that is not written yet, and all that may come.
    func refuseInput() {
        Self.refuse(withState { state in state.input.close() })
    }

    static func refuse(_ writers: [InputWriter]) {
        for writer in writers {
            writer.resume(returning: .failure(.inputIsClosed))
        }
    }
}

extension ProcessError {
    fileprivate static let inputIsClosed = ProcessError(
        .inputClosed, "The process does not read its standard input any more.")
    fileprivate static let writeCancelled = ProcessError(
        .cancelled, "The task that was writing has been cancelled.")
}
