// SPDX-License-Identifier: Apache-2.0

/// Writes tar files byte by byte (POSIX ustar and pax), valid or not.
enum RawTar {
    static func archive(_ entries: [RawEntry], endMarker: Bool = true) -> [UInt8] {
        entries.flatMap(bytes) + (endMarker ? [UInt8](repeating: 0, count: 1024) : [])
    }

    private static func bytes(of entry: RawEntry) -> [UInt8] {
        var records = entry.records
        if entry.name.count > 100 { records.append(("path", entry.name)) }
        if entry.target.count > 100 { records.append(("linkpath", entry.target)) }
        return extendedHeader(records) + header(entry) + padded(entry.content)
    }

    private static func extendedHeader(_ records: [(key: String, value: [UInt8])]) -> [UInt8] {
        guard !records.isEmpty else { return [] }
        let content = records.flatMap { record($0.key, $0.value) }
        let entry = RawEntry(name: Array("PaxHeader".utf8), type: "x", content: content)
        return header(entry) + padded(content)
    }

    /// `LENGTH KEY=VALUE\n`, where the length counts its own digits.
    private static func record(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [0x0A]
        var length = rest.count
        while String(length).utf8.count + rest.count != length {
            length = String(length).utf8.count + rest.count
        }
        return Array(String(length).utf8) + rest
    }

    private static func header(_ entry: RawEntry) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ bytes: some Collection<UInt8>, at offset: Int) {
            block.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
        }
        func octal(_ number: Int, digits: Int) -> [UInt8] {
            let text = String(number, radix: 8)
            return Array((String(repeating: "0", count: digits - text.count) + text).utf8)
        }
        put(entry.name.prefix(100), at: 0)
        put(octal(entry.mode, digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)
        put(octal(0, digits: 7), at: 116)
        put(octal(entry.size ?? entry.content.count, digits: 11), at: 124)
        put(octal(1_700_000_000, digits: 11), at: 136)
        put(entry.type.utf8, at: 156)
        put(entry.target.prefix(100), at: 157)
        put(Array("ustar\u{0}00".utf8), at: 257)
        put([UInt8](repeating: 0x20, count: 8), at: 148)
        put(octal(block.reduce(0) { $0 + Int($1) }, digits: 6) + [0, 0x20], at: 148)
        return block
    }

    private static func padded(_ content: [UInt8]) -> [UInt8] {
        content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }
}
