// SPDX-License-Identifier: Apache-2.0

import Archive
import PropertyTesting
import Testing

@testable import ExecutorService

@Suite struct ArtifactSelectionTests {
    private func candidate(_ name: String, _ size: Int64 = 1) -> ArtifactCandidate {
        ArtifactCandidate(origin: .output, path: EntryPath(name), size: size)
    }

    @Test func `what fits is all kept as it is`() {
        let candidates = (1...5).map { candidate("\($0)", 20) }
        let selection = ArtifactSelection(candidates, count: 5, bytes: 100)
        #expect(selection.single == candidates)
        #expect(selection.packed == [] && selection.leftOut == [])
    }

    @Test func `one more than fits takes a place for the archive`() {
        let candidates = (1...6).map { candidate("\($0)") }
        let selection = ArtifactSelection(candidates, count: 5, bytes: 100)
        #expect(selection.single == Array(candidates[..<4]))
        #expect(selection.packed == Array(candidates[4...]))
    }

    @Test func `a file over the bytes is left out, and those after it are not`() {
        let selection = ArtifactSelection(
            [candidate("huge", 101), candidate("small", 1)], count: 5, bytes: 100)
        #expect(selection.single == [candidate("small", 1)])
        #expect(selection.leftOut == [candidate("huge", 101)])
    }

    @Test func `a name that is not UTF-8 is packed`() {
        let odd = ArtifactCandidate(origin: .output, path: EntryPath(bytes: [0xFF]), size: 1)
        let selection = ArtifactSelection([odd, candidate("a")], count: 5, bytes: 100)
        #expect(selection.single == [candidate("a")])
        #expect(selection.packed == [odd])
    }

    @Test func `every file is in one place, within the bounds`() async {
        let sizes = Generator<Int64>.integer(in: 0...60).array(count: 0...30)
        await checkProperty("Every file is in one place", zip(sizes, .integer(in: 1...20))) {
            sizes, count in
            let candidates = sizes.enumerated().map { candidate("\($0.offset)", $0.element) }
            let selection = ArtifactSelection(candidates, count: count, bytes: 100)
            let all = selection.single + selection.packed + selection.leftOut
            try requireEqual(
                all.map(\.path.description).sorted(), candidates.map(\.path.description).sorted())
            let archive = selection.packed.isEmpty && selection.leftOut.isEmpty ? 0 : 1
            try require(selection.single.count + archive <= count, "Too many.")
            try require(selection.single.reduce(0) { $0 + $1.size } <= 100, "Too large.")
            try require(selection.packed.reduce(0) { $0 + $1.size } <= 100, "Archive too large.")
        }
    }
}
