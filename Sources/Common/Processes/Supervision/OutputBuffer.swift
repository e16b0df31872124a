// SPDX-License-Identifier: Apache-2.0

/// Holds output between the thread that reads the pipes and the task that takes it.
struct OutputBuffer {
    /// What a piece takes beside its bytes.
    ///
    /// Counted, so that a process that writes single bytes to both streams in turn is bounded too.
    private static let pieceOverhead = 64
    /// Neighbours of one stream are joined up to this size.
    private static let largestPiece = 64 * 1024

    private let capacity: Int
    private var pieces: [ProcessOutput] = []
    private var first = 0
    private var held = 0
    private var isDiscarding = false
    private(set) var hasEnded = false

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    var hasRoom: Bool {
        isDiscarding || held < capacity
    }

    /// Whether a reader that was waited for is far enough for reading to go on.
    ///
    /// Not at the first free byte: that would wake the thread for every piece.
    var hasAmpleRoom: Bool {
        isDiscarding || held <= capacity / 2
    }

    mutating func append(_ bytes: ArraySlice<UInt8>, of stream: ProcessOutput.Stream) {
        guard !isDiscarding, !bytes.isEmpty else { return }
        if first < pieces.count, pieces[pieces.count - 1].stream == stream,
            pieces[pieces.count - 1].bytes.count + bytes.count <= Self.largestPiece
        {
            pieces[pieces.count - 1].bytes.append(contentsOf: bytes)
            held += bytes.count
        } else {
            pieces.append(ProcessOutput(stream: stream, bytes: Array(bytes)))
            held += bytes.count + Self.pieceOverhead
        }
    }

    mutating func next() -> ProcessOutput? {
        guard first < pieces.count else { return nil }
        let piece = pieces[first]
        pieces[first].bytes = []
        first += 1
        held -= piece.bytes.count + Self.pieceOverhead
        if first == pieces.count {
            pieces.removeAll(keepingCapacity: true)
            first = 0
        } else if first >= 64, first * 2 >= pieces.count {
            pieces.removeFirst(first)
            first = 0
        }
        return piece
    }

    /// Says that nothing more will come; what is held can still be taken.
    mutating func end() {
        hasEnded = true
    }

    /// Drops what is held and whatever comes: the reader has gone.
    mutating func discard() {
        isDiscarding = true
        pieces = []
        first = 0
        held = 0
    }
}
