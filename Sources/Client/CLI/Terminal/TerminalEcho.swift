// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc
import SystemPackage

/// Keeps a terminal from showing what is typed.
enum TerminalEcho {
    /// Runs `body` while nothing typed is shown, and puts the terminal back afterwards, also when
    /// the process is interrupted or asked to end meanwhile.
    static func without<Value>(
        _ terminal: FileDescriptor, _ body: () throws -> Value
    ) throws -> Value {
        var settings = termios()
        guard unsafe tcgetattr(terminal.rawValue, &settings) == 0 else {
            throw Errno(rawValue: errno)
        }
        let before = settings
        let ends = [SIGINT, SIGTERM, SIGHUP].map { number in
            InterruptSource(number) {
                restore(before, terminal)
                exit(128 + number)
            }
        }
        defer { for end in ends { end.cancel() } }
        settings.c_lflag &= ~tcflag_t(ECHO)
        // TCSAFLUSH also drops what was typed ahead: it would have been shown.
        guard unsafe tcsetattr(terminal.rawValue, TCSAFLUSH, &settings) == 0 else {
            throw Errno(rawValue: errno)
        }
        defer { restore(before, terminal) }
        return try body()
    }

    private static func restore(_ settings: termios, _ terminal: FileDescriptor) {
        var settings = settings
        _ = unsafe tcsetattr(terminal.rawValue, TCSAFLUSH, &settings)
    }
}
