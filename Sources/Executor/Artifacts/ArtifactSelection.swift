// SPDX-License-Identifier: Apache-2.0

/// Decides which files become artifacts of their own, which are packed together and which stay
/// behind.
///
/// Pure. Files are taken in order for as long as number and bytes allow; what doesn't fit is
/// packed, up to the same number of bytes once more.
struct ArtifactSelection: Equatable, Sendable {
    /// Artifacts of their own.
    private(set) var single: [ArtifactCandidate] = []
    /// The content of the one archive.
    private(set) var packed: [ArtifactCandidate] = []
    /// What is not kept at all.
    private(set) var leftOut: [ArtifactCandidate] = []

    /// Chooses among `candidates`, at most `count` of which, the archive included, may be kept.
    init(_ candidates: [ArtifactCandidate], count: Int, bytes: Int64) {
        let named = candidates.filter { $0.fileName != nil }
        let unnamed = candidates.filter { $0.fileName == nil }
        let fits = Self.fit(named, count: count, bytes: bytes)
        single = fits.taken
        guard !fits.rest.isEmpty || !unnamed.isEmpty else { return }
        // One place goes to the archive, which can also hold names that no artifact can have.
        let again = Self.fit(named, count: count - 1, bytes: bytes)
        single = again.taken
        let pack = Self.fit(again.rest + unnamed, count: .max, bytes: bytes)
        packed = pack.taken
        leftOut = pack.rest
    }

    private static func fit(
        _ candidates: [ArtifactCandidate], count: Int, bytes: Int64
    ) -> (taken: [ArtifactCandidate], rest: [ArtifactCandidate]) {
        var (taken, rest): ([ArtifactCandidate], [ArtifactCandidate]) = ([], [])
        var room = bytes
        for candidate in candidates {
            if taken.count < count, candidate.size <= room {
                room -= candidate.size
                taken.append(candidate)
            } else {
                rest.append(candidate)
            }
        }
        return (taken, rest)
    }
}
