// SPDX-License-Identifier: Apache-2.0

import Dispatch
import FoundationEssentials
import Glibc
import Synchronization
import SystemPackage

/// Where a command writes: results to standard output, everything else to standard error.
///
/// All writing happens on one thread at a time, outside Swift's cooperative threads, in the order
/// of the calls. A progress line, which only a terminal gets, is wiped before anything else is
/// written.
final class Console: Sendable {
    private struct Screen {
        var showsProgress = false
        var outputIsMidLine = false
        var lastProgress: ContinuousClock.Instant?
    }

    private static let progressInterval: Duration = .milliseconds(100)

    /// Colours of standard output.
    let palette: Palette
    /// Colours of standard error.
    let statusPalette: Palette
    /// Whether there is somebody at a terminal to ask.
    let mayAsk: Bool
    private let isQuiet: Bool
    private let outputIsTerminal: Bool
    private let statusIsTerminal: Bool
    private let queue = DispatchQueue(label: "tlao.console")
    private let screen = Mutex(Screen())

    init(isQuiet: Bool, mayAsk: Bool) {
        let environment = ProcessInfo.processInfo.environment
        outputIsTerminal = isatty(FileDescriptor.standardOutput.rawValue) == 1
        statusIsTerminal = isatty(FileDescriptor.standardError.rawValue) == 1
        palette = Palette(isTerminal: outputIsTerminal, environment: environment)
        statusPalette = Palette(isTerminal: statusIsTerminal, environment: environment)
        self.isQuiet = isQuiet
        self.mayAsk =
            mayAsk && statusIsTerminal && isatty(FileDescriptor.standardInput.rawValue) == 1
    }

    convenience init(_ options: GlobalOptions) {
        self.init(isQuiet: options.quiet, mayAsk: !options.noInput)
    }

    /// Writes a result and a line end.
    func print(_ text: String) async throws {
        try await write(Array((text + "\n").utf8))
    }

    /// Writes a result as it is.
    func write(_ bytes: [UInt8]) async throws {
        try await perform {
            self.wipeProgress()
            try FileDescriptor.standardOutput.writeAll(bytes)
            if self.outputIsTerminal, let last = bytes.last {
                self.screen.withLock { $0.outputIsMidLine = last != UInt8(ascii: "\n") }
            }
        }
    }

    /// Writes a file's content as a result.
    func copy(_ file: PendingFile) async throws {
        try await perform {
            self.wipeProgress()
            try file.copy(to: .standardOutput)
        }
    }

    /// Tells how things go; a quiet console doesn't.
    func say(_ text: String) async {
        if !isQuiet { await complain(text) }
    }

    /// Says what must be said.
    func complain(_ text: String) async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.writeStatus(text + "\n")
                continuation.resume()
            }
        }
    }

    /// Says what must be said after Ctrl-C, which a terminal shows in the middle of its line.
    func complain(afterInterruption text: String) async {
        await complain(statusIsTerminal ? "\n" + text : text)
    }

    /// Shows a line that the next one replaces; at most ten a second, and only on a terminal.
    ///
    /// Never waits, so any thread may call it.
    func progress(_ text: @autoclosure () -> String) {
        guard statusIsTerminal, !isQuiet else { return }
        let now = ContinuousClock.now
        let isDue = screen.withLock { screen in
            if let last = screen.lastProgress, now - last < Self.progressInterval { return false }
            screen.lastProgress = now
            return true
        }
        guard isDue else { return }
        let line = "\r\u{1B}[K" + statusPalette.faint(text())
        queue.async {
            self.writeStatus(line)
            self.screen.withLock { $0.showsProgress = true }
        }
    }

    /// Asks for a line at the terminal; `body` reads it, on the console's thread.
    func ask<Answer: Sendable>(
        _ question: String, _ body: @escaping @Sendable () throws -> Answer
    ) async throws -> Answer {
        try await perform {
            self.writeStatus(question)
            return try body()
        }
    }

    private func perform<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }

    /// There is nobody left to tell when standard error itself can't be written.
    private func writeStatus(_ text: String) {
        wipeProgress()
        let endsLine = screen.withLock { screen in
            defer { screen.outputIsMidLine = false }
            return screen.outputIsMidLine && statusIsTerminal
        }
        _ = try? FileDescriptor.standardError.writeAll(Array(((endsLine ? "\n" : "") + text).utf8))
    }

    private func wipeProgress() {
        let wasShown = screen.withLock { screen in
            defer { screen.showsProgress = false }
            return screen.showsProgress
        }
        guard wasShown else { return }
        _ = try? FileDescriptor.standardError.writeAll("\r\u{1B}[K".utf8)
    }
}
