// SPDX-License-Identifier: Apache-2.0

import Logging
import Model
import Processes
import Repositories
import Seams
import ServiceRuntime

/// Carries an agent's output to where it is wanted while it comes: to the log on disk, to the
/// timeline as steps, and its end to the row that shows it.
struct OutputRelay: Sendable {
    let run: Run
    let timeline: TimelineWriter
    let log: RunLog
    let control: RunControl
    let configuration: ExecutorConfiguration
    let dependencies: ExecutorDependencies
    let logger: Logger
    /// The last 4 KiB of the standard error: what a failure's message ends with.
    let errors = LogTail(limit: 4_096)
    private let tail = LogTail(limit: RunStore.logTailBytes)

    /// How much output is held for the writer of steps.
    private static let bufferBytes = 256 << 10
    /// How often the kept end is written, at most.
    private static let tailInterval: Duration = .seconds(1)

    init(
        _ claim: RunClaim, timeline: TimelineWriter, log: RunLog,
        configuration: ExecutorConfiguration, dependencies: ExecutorDependencies, logger: Logger
    ) {
        run = claim.run
        control = claim.control
        self.timeline = timeline
        self.log = log
        self.configuration = configuration
        self.dependencies = dependencies
        self.logger = logger
    }

    /// Carries all of `output`, to its end, whatever happens to the steps; a process that writes is
    /// never left standing at a full pipe for good.
    ///
    /// `fail` is called once when the log can't be written; that error is thrown in the end.
    func relay(
        _ output: ProcessOutputSequence, onFailure fail: @escaping @Sendable () -> Void
    ) async throws {
        let buffer = OutputBuffer(limit: Self.bufferBytes)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await keepTail() }
            group.addTask {
                do {
                    try await writeSteps(from: buffer)
                } catch {
                    buffer.close()
                    fail()
                    throw error
                }
            }
            let failure = await read(output, into: buffer, fail)
            buffer.finish()
            defer { group.cancelAll() }
            // The writer ends with the buffer; the keeper of the tail is ended.
            try await group.next()
            if let failure { throw failure }
        }
        await writeTail()
    }

    // MARK: Reading

    private func read(
        _ output: ProcessOutputSequence, into buffer: OutputBuffer, _ fail: () -> Void
    ) async -> (any Error)? {
        var failure: (any Error)?
        for await piece in output where failure == nil {
            do {
                try await log.append(piece.bytes)
            } catch {
                failure = error
                fail()
            }
            tail.append(piece.bytes)
            if piece.stream == .standardError { errors.append(piece.bytes) }
            await buffer.add(OutputBuffer.Piece(stream: piece.outputStream, bytes: piece.bytes))
        }
        return failure
    }

    // MARK: Steps

    private func writeSteps(from buffer: OutputBuffer) async throws {
        var chunker = OutputChunker(limit: configuration.outputChunkBytes)
        var room = configuration.streamedOutputBytes
        while true {
            await gather(in: buffer, isPending: !chunker.isEmpty)
            // Asked before taking: what was added before the end is then taken, too.
            let isLast = buffer.isFinished
            for piece in buffer.take() {
                let part = piece.bytes.prefix(room)
                room -= part.count
                try await write(chunker.add(part, to: piece.stream))
                guard part.count == piece.bytes.count else {
                    try await write(chunker.finish())
                    try await sayThatTheRestIsStored()
                    return buffer.close()
                }
            }
            try await write(isLast ? chunker.finish() : chunker.flush())
            if isLast { return }
        }
    }

    /// Returns when there is enough for a step, or something has waited for long enough.
    private func gather(in buffer: OutputBuffer, isPending: Bool) async {
        if !isPending { await buffer.wait(for: 1) }
        await dependencies.time.limited(to: configuration.outputInterval) {
            await buffer.wait(for: configuration.outputChunkBytes)
        }
    }

    private func write(_ chunks: [OutputChunk]) async throws {
        for chunk in chunks {
            try await timeline.write(
                .log, chunk.text, ["stream": .string(chunk.stream.rawValue)])
        }
    }

    private func sayThatTheRestIsStored() async throws {
        try await timeline.write(
            .log,
            "[Output beyond \(configuration.streamedOutputBytes) bytes is in the stored log only]\n",
            ["stream": .string(OutputStream.standardOutput.rawValue), "notice": true])
    }

    // MARK: The kept end

    private func keepTail() async {
        while await dependencies.time.pause(for: Self.tailInterval) { await writeTail() }
    }

    /// Best effort: the next one replaces it.
    private func writeTail() async {
        guard !control.isLost, let text = tail.takeChanged() else { return }
        do {
            try await dependencies.runs.keepLogTail(text, of: run.id)
        } catch {
            logger.debug(
                "Log tail was not kept",
                metadata: [LogKeys.operation: "keep-log-tail", LogKeys.error: "\(error)"])
        }
    }
}

extension ProcessOutput {
    fileprivate var outputStream: OutputStream {
        switch stream {
        case .standardOutput: .standardOutput
        case .standardError: .standardError
        }
    }
}
