// SPDX-License-Identifier: Apache-2.0

/// One entry of a tar file, as its bytes say and not as they should.
struct RawEntry: Sendable {
    var name: [UInt8]
    var type: Character = "0"
    var target: [UInt8] = []
    var content: [UInt8] = []
    var mode = 0o644
    /// What the header says the size is; that of the content unless given.
    var size: Int?
    /// Extended header records that are written before the entry.
    var records: [(key: String, value: [UInt8])] = []

    static func file(_ name: String, _ content: String = "content", mode: Int = 0o644) -> RawEntry {
        RawEntry(name: Array(name.utf8), content: Array(content.utf8), mode: mode)
    }

    static func directory(_ name: String) -> RawEntry {
        RawEntry(name: Array(name.utf8), type: "5", mode: 0o755)
    }

    static func symbolicLink(_ name: String, to target: String) -> RawEntry {
        RawEntry(name: Array(name.utf8), type: "2", target: Array(target.utf8), mode: 0o777)
    }

    static func hardLink(_ name: String, to target: String) -> RawEntry {
        RawEntry(name: Array(name.utf8), type: "1", target: Array(target.utf8))
    }

    static func special(_ name: String, type: Character) -> RawEntry {
        RawEntry(name: Array(name.utf8), type: type)
    }
}

extension RawEntry: CustomStringConvertible {
    var description: String {
        let target = target.isEmpty ? "" : " -> \(String(decoding: target, as: UTF8.self))"
        return "\(type):\(String(decoding: name, as: UTF8.self).prefix(40))\(target.prefix(40))"
    }
}
