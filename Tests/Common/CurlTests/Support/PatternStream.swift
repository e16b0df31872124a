// SPDX-License-Identifier: Apache-2.0

/// A body of so many bytes, made chunk by chunk while it is read.
struct PatternStream: AsyncSequence, Sendable {
    let byteCount: Int
    var chunkBytes = 65_536
    /// Counts the bytes that were pulled, over all passes.
    var pulled = Counter()

    func makeAsyncIterator() -> Iterator {
        Iterator(stream: self)
    }

    /// The length after which the bytes repeat: a prime, so that a piece that is lost, doubled or
    /// swapped shows.
    private static let period = 65_521
    private static let twoPeriods = (0..<2 * period).map { place in
        UInt8(truncatingIfNeeded: (place % period) &* 31 &+ (place % period) >> 8)
    }

    /// The bytes at some places, the same in every such body.
    static func bytes(_ places: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(places.count)
        while bytes.count < places.count {
            let start = (places.lowerBound + bytes.count) % period
            let count = Swift.min(places.count - bytes.count, period)
            bytes += twoPeriods[start..<start + count]
        }
        return bytes
    }

    struct Iterator: AsyncIteratorProtocol {
        let stream: PatternStream
        var place = 0

        mutating func next() async throws -> [UInt8]? {
            let end = Swift.min(place + stream.chunkBytes, stream.byteCount)
            guard place < end else { return nil }
            defer { place = end }
            stream.pulled.add(end - place)
            return PatternStream.bytes(place..<end)
        }
    }
}

/// Compares what arrives with a `PatternStream`, piece by piece.
struct PatternCheck {
    private(set) var byteCount = 0
    private(set) var isEqual = true

    mutating func read(_ bytes: [UInt8]) {
        if bytes != PatternStream.bytes(byteCount..<byteCount + bytes.count) { isEqual = false }
        byteCount += bytes.count
    }
}
