// SPDX-License-Identifier: Apache-2.0

/// Holds what is to be written to the process, and those who wait until it is.
struct InputQueue<Writer: Sendable> {
    private struct Entry {
        let number: UInt64
        let bytes: [UInt8]
        var written = 0
        /// Set when the thread has taken it: from then on it stays the front until it is written.
        var isBegun = false
        var writer: Writer?
    }

    private var entries: [Entry] = []
    private var isClosing: Bool

    init(_ standardInput: HostedProcess.StandardInput) {
        switch standardInput {
        case .none, .file:
            isClosing = true
        case .bytes(let bytes):
            if !bytes.isEmpty {
                entries = [Entry(number: 0, bytes: bytes, writer: nil)]
            }
            isClosing = true
        case .stream:
            isClosing = false
        }
    }

    var acceptsWrites: Bool { !isClosing }

    /// Whether everything is written and nothing more will come, so that the pipe can be closed.
    var isDone: Bool { isClosing && entries.isEmpty }

    var hasBytes: Bool { !entries.isEmpty }

    /// What is to be written next, and from where on.
    mutating func takeFront() -> (bytes: [UInt8], written: Int)? {
        guard !entries.isEmpty else { return nil }
        entries[0].isBegun = true
        return (entries[0].bytes, entries[0].written)
    }

    mutating func enqueue(_ bytes: [UInt8], number: UInt64, writer: Writer) {
        entries.append(Entry(number: number, bytes: bytes, writer: writer))
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
    /// Bytes of which none can have been written yet go with it; begun ones stay, because half a message would
    /// make all that follows unreadable.
    mutating func abandon(number: UInt64) -> Writer? {
        guard let index = entries.firstIndex(where: { $0.number == number }) else { return nil }
        let writer = entries[index].writer
        entries[index].writer = nil
        if !entries[index].isBegun {
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
        defer { entries = [] }
        return entries.compactMap(\.writer)
    }
}
