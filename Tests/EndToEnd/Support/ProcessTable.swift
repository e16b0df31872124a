// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Looks at the processes of this machine from outside, in `/proc`.
enum ProcessTable {
    /// The processes whose environment holds a text, but for those that have ended already.
    static func identifiers(marked mark: String) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { identifier in
            content("/proc/\(identifier)/environ").contains(mark) && isRunning(identifier)
        }
    }

    /// Whether there is such a process, and it is no zombie.
    static func isRunning(_ identifier: pid_t) -> Bool {
        // The state follows the name, which stands in parentheses and may hold anything.
        let fields = content("/proc/\(identifier)/stat").split(separator: ")").last?
            .split(separator: " ")
        guard let state = fields?.first else { return false }
        return state != "Z" && state != "X"
    }

    private static func content(_ path: String) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? file.close() }
        return String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
    }
}
