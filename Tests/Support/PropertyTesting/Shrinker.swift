// SPDX-License-Identifier: Apache-2.0

/// Looks for simpler choices that fail too.
///
/// Shorter sequences are simpler than longer ones, and among equally long ones the one with the
/// smaller first difference is. A candidate counts only when what generating from it really recorded
/// is simpler than the best so far, so the search ends; `attempts` and `time` bound it as well.
struct Shrinker {
    /// Runs the property on choices: what was recorded when it fails, nil when it holds.
    typealias Trial = ([UInt64]) async -> [UInt64]?

    private(set) var best: [UInt64]
    private(set) var attempts = 0
    private var tried: Set<[UInt64]> = []
    private let attemptLimit: Int
    private let deadline: ContinuousClock.Instant

    init(_ failing: [UInt64], attempts: Int, time: Duration) {
        best = failing
        attemptLimit = attempts
        deadline = .now + time
    }

    /// Shrinks until no step helps, or a bound is reached.
    mutating func shrink(_ trial: Trial) async {
        var before: [UInt64]
        repeat {
            before = best
            await dropChunks(trial)
            await zeroChunks(trial)
            await lowerEach(trial)
            await lowerEqualOnes(trial)
            await lowerAndDrop(trial)
            await sortNeighbours(trial)
        } while best != before && !isExhausted
    }

    private var isExhausted: Bool { attempts >= attemptLimit || ContinuousClock.now >= deadline }

    /// Adopts the candidate when it fails and is simpler.
    private mutating func adopt(_ candidate: [UInt64], _ trial: Trial) async -> Bool {
        guard !isExhausted, Self.isSimpler(candidate, than: best) else { return false }
        guard tried.insert(candidate).inserted else { return false }
        attempts += 1
        guard let recorded = await trial(candidate) else { return false }
        guard Self.isSimpler(recorded, than: best) else { return false }
        best = recorded
        return true
    }

    private static func isSimpler(_ left: [UInt64], than right: [UInt64]) -> Bool {
        left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
    }
}

extension Shrinker {
    /// Lengths of chunks to try: halves of the sequence down to eight, then every length, because a
    /// chunk must be exactly as long as the element it removes.
    private var chunkLengths: [Int] {
        Array(
            sequence(first: max(1, best.count / 2)) {
                $0 > 8 ? max(8, $0 / 2) : $0 > 1 ? $0 - 1 : nil
            })
    }

    private mutating func dropChunks(_ trial: Trial) async {
        for length in chunkLengths {
            var end = best.count
            while end >= length {
                var candidate = best
                candidate.removeSubrange(end - length..<end)
                if await !adopt(candidate, trial) { end -= 1 }
                end = min(end, best.count)
                if isExhausted { return }
            }
        }
    }

    private mutating func zeroChunks(_ trial: Trial) async {
        for length in chunkLengths {
            var start = 0
            while start + length <= best.count {
                var candidate = best
                for index in start..<start + length { candidate[index] = 0 }
                _ = await adopt(candidate, trial)
                start += length
            }
        }
    }

    /// Subtracts powers of two from each choice, which finds the least failing one of a threshold and
    /// keeps a parity that matters.
    private mutating func lowerEach(_ trial: Trial) async {
        var index = 0
        while index < best.count {
            await lower([index], trial)
            index += 1
        }
    }

    /// Lowers choices of one value together, for properties that need two equal values.
    private mutating func lowerEqualOnes(_ trial: Trial) async {
        for value in Set(best).sorted(by: >) where value > 0 {
            let places = best.indices.filter { best[$0] == value }
            if places.count > 1 { await lower(places, trial) }
        }
    }

    private mutating func lower(_ places: [Int], _ trial: Trial) async {
        for exponent in (0..<UInt64.bitWidth).reversed() {
            let amount = UInt64(1) << UInt64(exponent)
            while let last = places.last, last < best.count,
                places.allSatisfy({ best[$0] >= amount }), !isExhausted
            {
                var candidate = best
                for place in places { candidate[place] -= amount }
                guard await adopt(candidate, trial) else { break }
            }
        }
    }

    /// Lowers a choice by one and drops what follows it, for counts that stand before their elements.
    private mutating func lowerAndDrop(_ trial: Trial) async {
        var index = 0
        while index < best.count {
            for dropped in 1...4 where index + dropped < best.count && best[index] > 0 {
                var candidate = best
                candidate[index] -= 1
                candidate.removeSubrange(index + 1...index + dropped)
                if await adopt(candidate, trial) { break }
            }
            index += 1
        }
    }

    private mutating func sortNeighbours(_ trial: Trial) async {
        for index in best.indices.dropFirst()
        where index < best.count && best[index] < best[index - 1] {
            var candidate = best
            candidate.swapAt(index, index - 1)
            _ = await adopt(candidate, trial)
        }
    }
}
