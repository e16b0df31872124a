// SPDX-License-Identifier: Apache-2.0

/// Holds what is to be written to the process, and those who wait until it is.
struct InputQueue {
    /// Resumed when the bytes are in the pipe, or with the reason why they never will be.
    typealias Writer = CheckedContinuation<Result<Void, ProcessError>, Never>

    private struct Entry {
        let number: UInt64
        let bytes: [UInt8]
        var written: Int
        var writer: Writer?
    }

    private var entries: [Entry] = []
    private var isClosing: Bool
    private(set) var isClosed: Bool

    init(_ standardInput: HostedProcess.StandardInput) {
        switch standardInput {
        case .none, .file:
            isClosing = true
            isClosed = true
        case .bytes(let bytes):
            if !bytes.isEmpty {
                entries = [Entry(number: 0, bytes: bytes, written: 0, writer: nil)]
            }
            isClosing = true
            isClosed = false
        case .stream:
            isClosing = false
            isClosed = false
        }
    }

    var acceptsWrites: Bool { !isClosing }

    /// Whether everything is written and nothing more will come, so that the pipe can be closed.
    var isDone: Bool { isClosing && entries.isEmpty }

    /// What is to be written next, and from where on.
    var front: (bytes: [UInt8], written: Int)? {
        entries.first.map { ($0.bytes, $0.written) }
    }

    mutating func enqueue(_ bytes: [UInt8], number: UInt64, writer: Writer) {
        entries.append(Entry(number: number, bytes: bytes, written: 0, writer: writer))
    }

    /// Counts bytes of the front as written; returns its writer when it is complete.
    mutating func wrote(_ count: Int) -> Writer? {
        guard !entries.isEmpty else { return nil }
        entries[0].written += count
        guard entries[0].written >= entries[0].bytes.count else { return nil }
        return entries.removeFirst().writer
    }

    /// Takes a writer away.
    ///
    /// Bytes of which none is written yet go with it; begun ones stay, because half a message would
    /// make all that follows unreadable.
    mutating func abandon(number: UInt64) -> Writer? {
        guard let index = entries.firstIndex(where: { $0.number == number }) else { return nil }
        let writer = entries[index].writer
        entries[index].writer = nil
        if entries[index].written == 0 {
            entries.remove(at: index)
        }
        return writer
    }

    /// Takes no more from now on.
    mutating func closeWhenWritten() {
        isClosing = true
    }

    /// Nobody reads any more: returns everybody who still waits.
    mutating func close() -> [Writer] {
        isClosing = true
        isClosed = true
        defer { entries = [] }
        return entries.compactMap(\.writer)
    }
}
