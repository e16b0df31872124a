// SPDX-License-Identifier: Apache-2.0

import Foundation
import PropertyTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct GeneratorTests {
    @Test func `the same seed makes the same value`() throws {
        let generator = Generator.unicode(count: 0...50)
        for seed in UInt64(0)..<50 {
            let first = try #require(generator.sample(seed: seed))
            #expect(generator.sample(seed: seed) == first)
        }
    }

    @Test(arguments: [
        -3...200, -200...3, 5...9, -9 ... -5, 0...0, Int.min...Int.max, Int.min ... -1, 0...Int.max,
    ])
    func `integers stay in their range and reach both ends`(range: ClosedRange<Int>) {
        let values = samples(.integer(in: range), 1_000)
        #expect(values.allSatisfy { range.contains($0) })
        #expect(values.contains(range.lowerBound))
        #expect(values.contains(range.upperBound))
    }

    @Test func `narrow integers cover their whole type`() {
        #expect(Set(samples(Generator<Int8>.integer, 10_000)).count == 256)
        #expect(Set(samples(Generator<UInt8>.integer, 10_000)).count == 256)
    }

    @Test func `the simplest integer is the one next to zero`() {
        #expect(simplest(.integer(in: -5...5)) == 0)
        #expect(simplest(.integer(in: 5...9)) == 5)
        #expect(simplest(.integer(in: -9 ... -5)) == -5)
    }

    @Test func `arrays have every length of their range and no other`() {
        let lengths = samples(Generator<Bool>.boolean.array(count: 2...6), 500).map(\.count)
        #expect(Set(lengths) == [2, 3, 4, 5, 6])
    }

    @Test func `dictionaries have distinct keys in the number asked for`() {
        let generator = Generator<[Int: Bool]>.dictionary(
            .integer(in: 0...100), .boolean, count: 3...5)
        let counts = samples(generator, 300).map(\.count)
        #expect(Set(counts) == [3, 4, 5])
    }

    @Test func `weights decide how often an alternative is picked`() {
        let picked = samples(.weighted((9, .constant("often")), (1, .constant("rarely"))), 2_000)
        let rare = picked.count { $0 == "rarely" }
        #expect((100...320).contains(rare))
    }

    @Test func `optional values are sometimes missing and sometimes there`() {
        let values = samples(Generator<Int>.constant(1).optional, 200)
        #expect(values.contains(nil))
        #expect(values.contains(1))
    }

    @Test func `unicode strings hold scalars of one, two, three and four bytes`() {
        let text = samples(.unicode(count: 0...20), 300).joined()
        #expect(Set(text.unicodeScalars.map { UTF8.width($0) }) == [1, 2, 3, 4])
        #expect(text.unicodeScalars.contains { $0.properties.isEmojiPresentation })
    }

    @Test func `strings are made of their alphabet alone`() {
        let text = samples(.string(of: "aé€😀", count: 0...9), 200).joined()
        #expect(Set(text.unicodeScalars) == Set("aé€😀".unicodeScalars))
    }

    @Test func `tuples, maps and flat maps pass values on`() {
        let pairs = zip(Generator<Int>.integer(in: 1...9), .boolean, .constant("x"))
            .map { number, flag, text in (flag ? -number : number, text) }
            .flatMap { number, text in Generator<String>.constant("\(text)\(number)") }
        let values = Set(samples(pairs, 500))
        #expect(values == Set((1...9).flatMap { ["x\($0)", "x-\($0)"] }))
    }

    @Test func `a filter lets through only what satisfies it`() {
        let even = samples(Generator<Int>.integer(in: 0...99).filter { $0.isMultiple(of: 2) }, 200)
        #expect(even.allSatisfy { $0.isMultiple(of: 2) })
        #expect(Generator<Int>.integer(in: 0...99).filter { $0 > 99 }.sample(seed: 1) == nil)
    }

    private func samples<Value>(_ generator: Generator<Value>, _ count: UInt64) -> [Value] {
        (0..<count).compactMap { generator.sample(seed: $0) }
    }

    private func simplest(_ generator: Generator<Int>) -> Int? {
        var choices = Choices(replaying: [])
        return try? choices.draw(generator)
    }
}
