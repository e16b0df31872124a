// SPDX-License-Identifier: Apache-2.0

import Glibc

// Waiting for, and moving, bytes.
extension SupervisionThread {
    /// What can be worked on without blocking.
    struct Readiness {
        var control = false
        var input = false
        var outputs: [ProcessOutput.Stream] = []
    }

    /// Sleeps until something is ready, somebody wakes the thread, or the time is over.
    func waitForSomething(timeout: Duration?) -> Readiness {
        let wakeup = supervision.wakeupNumber
        let hasInput = supervision.withState { state in state.input.hasBytes }
        let streams = supervision.hasRoomForOutput() ? Array(outputs.keys) : []
        var polled = [
            pollfd(fd: wakeup, events: Int16(POLLIN), revents: 0),
            pollfd(fd: control?.number ?? -1, events: Int16(POLLIN), revents: 0),
            // Without anything to write: only to learn that nobody reads any more.
            pollfd(fd: input?.number ?? -1, events: hasInput ? Int16(POLLOUT) : 0, revents: 0),
        ]
        for stream in streams {
            let number = outputs[stream]?.descriptor.number ?? -1
            polled.append(pollfd(fd: number, events: Int16(POLLIN), revents: 0))
        }
        // When the tree is gone the pipes are emptied, not waited for.
        let isDraining = isOver && !streams.isEmpty
        poll(&polled, nfds_t(polled.count), isDraining ? 0 : Self.milliseconds(timeout))

        supervision.withState { state in state.wakeup?.clear() }
        var ready = Readiness()
        ready.control = polled[1].revents != 0
        ready.input = polled[2].revents != 0
        for (stream, entry) in zip(streams, polled[3...]) where entry.revents != 0 || isOver {
            ready.outputs.append(stream)
        }
        return ready
    }

    /// Rounded up, so that the thread does not spin through the last millisecond.
    private static func milliseconds(_ timeout: Duration?) -> Int32 {
        guard let timeout else { return -1 }
        let (seconds, attoseconds) = timeout.components
        return Int32(min(seconds, 60)) * 1000 + Int32(attoseconds / 1_000_000_000_000_000) + 1
    }

    /// Reads once from one pipe, so that neither keeps the thread from the other.
    func readOutput(_ stream: ProcessOutput.Stream) {
        guard let pipe = outputs[stream] else { return }
        switch pipe.descriptor.read(into: &readBuffer) {
        case .count(let count):
            supervision.deliver(readBuffer[..<count], of: stream)
        case .wouldBlock where !isOver:
            return
        case .wouldBlock, .ended:
            outputs[stream] = nil
        }
    }

    /// Lets the reader see the end when nothing more can come.
    ///
    /// Not when the pipes have been closed: a command closes them a moment before it ends, and a
    /// reader that left the scope then would have it terminated instead.
    func endOutputWhenOver() {
        if isOver, outputs.isEmpty {
            supervision.endOutput()
        }
    }

    /// Writes as much of the first waiting bytes as the pipe takes.
    func writeInput() {
        guard let front = supervision.withState({ state in state.input.takeFront() }) else {
            // Ready without anything to write: the other end is closed.
            return abandonInput()
        }
        switch input?.write(front.bytes, from: front.written) {
        case .count(let count):
            let writer = supervision.withState { state in state.input.wrote(count) }
            writer?.resume(returning: .success(()))
        case .wouldBlock, nil:
            break
        case .ended:
            abandonInput()
        }
    }

    /// Closes the pipe once all is written and no more will come, or when the tree is gone.
    func closeInputWhenDone() {
        guard input != nil else { return }
        let isDone = supervision.withState { state in state.input.isDone }
        if isDone || isOver {
            abandonInput()
        }
    }

    private func abandonInput() {
        input = nil
        supervision.refuseInput()
    }
}
