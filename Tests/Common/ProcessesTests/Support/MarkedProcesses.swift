// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Looks for processes by what `/proc` says of their environment.
enum MarkedProcesses {
    /// The living processes whose environment holds the mark.
    static func identifiers(_ mark: String) -> [pid_t] {
        entries(of: "/proc").compactMap { pid_t($0) }.filter { identifier in
            content(of: "/proc/\(identifier)/environ").contains(mark)
        }
    }

    /// Waits until no marked process is left; false when some still are after `seconds`.
    static func areGone(_ mark: String, withinSeconds seconds: Int) -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while !identifiers(mark).isEmpty {
            if ContinuousClock.now > deadline { return false }
            poll(nil, 0, 10)
        }
        return true
    }

    /// The parent of a process; nil when there is no such process.
    static func parent(of identifier: pid_t) -> pid_t? {
        let status = content(of: "/proc/\(identifier)/stat")
        let fields = status.split(separator: ")").last?.split(separator: " ") ?? []
        return fields.count > 1 ? pid_t(fields[1]) : nil
    }

    /// The numbers of this process's open descriptors.
    static func openDescriptors() -> Set<String> {
        Set(entries(of: "/proc/self/fd"))
    }

    /// The value of a line of `/proc/self/status`, in kilobytes.
    static func statusKilobytes(_ name: String) -> Int? {
        content(of: "/proc/self/status").split(separator: "\n")
            .first { $0.hasPrefix(name + ":") }
            .flatMap { $0.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first }
            .flatMap { Int($0) }
    }

    /// The content of a small file; empty when it can't be read.
    static func content(of path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16384)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func entries(of path: String) -> [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { name in
                    name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names
    }
}
