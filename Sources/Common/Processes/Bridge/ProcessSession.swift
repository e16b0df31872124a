// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What `/proc` says of the processes of a session, for the one case in which no host does.
enum ProcessSession {
    /// Kills all members of a session until none is left, or for two seconds.
    ///
    /// Blocks meanwhile.
    ///
    /// A process that had made a session of its own is not found. The number of a session is not
    /// given to another while it has members.
    static func kill(_ session: Int32) {
        for _ in 0..<100 {
            let members = identifiers().filter { isMember($0, of: session) }
            if members.isEmpty { return }
            for member in members {
                _ = Glibc.kill(member, SIGKILL)
            }
            poll(nil, 0, 20)
        }
    }

    private static func identifiers() -> [pid_t] {
        guard let directory = opendir("/proc") else { return [] }
        defer { closedir(directory) }
        var identifiers: [pid_t] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let identifier = pid_t(name) {
                identifiers.append(identifier)
            }
        }
        return identifiers
    }

    /// Reads the state and the session, the first and the fourth field after the name, which may
    /// itself hold spaces and parentheses.
    private static func isMember(_ identifier: pid_t, of session: Int32) -> Bool {
        guard let status = try? Descriptor.reading(path: "/proc/\(identifier)/stat") else {
            return false
        }
        var buffer = [UInt8](repeating: 0, count: 1024)
        guard case .count(let count) = status.read(into: &buffer) else { return false }
        guard let nameEnd = buffer[..<count].lastIndex(of: UInt8(ascii: ")")) else { return false }
        let fields = buffer[(nameEnd + 1)..<count].split(separator: UInt8(ascii: " "))
        guard fields.count > 3, fields[0].first != UInt8(ascii: "Z") else { return false }
        return Int32(String(decoding: fields[3], as: UTF8.self)) == session
    }
}
