// SPDX-License-Identifier: Apache-2.0
import CCurl

/// What the client's thread does: runs transfers until it is told to close.
///
/// Owns the easy handles; created, used and freed on that thread.
final class TransferLoop {
    private let multi: MultiHandle
    private let mailbox: Mailbox
    private let configuration: CurlConfiguration
    private var running: [ObjectIdentifier: EasyHandle] = [:]
    private var isClosing = false
    /// No transfer is out of time before this; later than true is never, earlier costs one look.
    private var nextTimeLimit: ContinuousClock.Instant?

    /// How long a thread without anything to do sleeps; every event wakes it earlier.
    private static let longestWait: Duration = .seconds(3_600)

    init(_ multi: MultiHandle, mailbox: Mailbox, configuration: CurlConfiguration) {
        self.multi = multi
        self.mailbox = mailbox
        self.configuration = configuration
    }

    /// Runs until `Mailbox.Message.close`, or until libcurl can't go on, then ends every transfer.
    func run() {
        var failure = CurlError.closed
        do throws(CurlError) {
            while !isClosing { try turn() }
        } catch {
            failure = error
        }
        endAll(failure)
    }

    private func turn() throws(CurlError) {
        for message in mailbox.take() { try handle(message) }
        guard !isClosing else { return }
        try multi.perform()
        for easy in running.values { easy.exchange.deliverHead() }
        while let (easy, code) = multi.nextDone() { try finish(easy, easy.outcome(of: code)) }
        try endLate()
        try multi.wait(milliseconds: waitingTime())
    }

    private func handle(_ message: Mailbox.Message) throws(CurlError) {
        switch message {
        case .add(let transfer): add(transfer)
        case .resume(let transfer):
            guard let easy = running[ObjectIdentifier(transfer)] else { return }
            do throws(CurlError) {
                try easy.resume()
            } catch {
                try finish(easy, easy.exchange.outcome(of: error))
            }
        case .remove(let transfer):
            guard let easy = running[ObjectIdentifier(transfer)] else { return }
            try finish(easy, .failure(.cancelled))
        case .close: isClosing = true
        }
    }

    private func add(_ transfer: Transfer) {
        // Cancelled before the thread came to it.
        guard !transfer.incoming.isOver else { return }
        do throws(CurlError) {
            let easy = try EasyHandle(transfer, configuration: configuration)
            try multi.add(easy)
            running[ObjectIdentifier(transfer)] = easy
            note(easy.exchange.timeLimit(at: .now).0)
        } catch {
            transfer.end(.failure(error))
        }
    }

    private func finish(_ easy: EasyHandle, _ outcome: Result<Void, CurlError>) throws(CurlError) {
        running[ObjectIdentifier(easy.transfer)] = nil
        let removal = Result { () throws(CurlError) in try multi.remove(easy) }
        if case .success = outcome { easy.exchange.deliverHead() }
        easy.transfer.end(outcome)
        try removal.get()
    }

    private func endLate() throws(CurlError) {
        let now = ContinuousClock.now
        guard let limit = nextTimeLimit, limit <= now else { return }
        nextTimeLimit = nil
        for easy in Array(running.values) {
            let (next, error) = easy.exchange.timeLimit(at: now)
            note(next)
            if let error { try finish(easy, .failure(error)) }
        }
    }

    private func note(_ limit: ContinuousClock.Instant?) {
        guard let limit else { return }
        nextTimeLimit = nextTimeLimit.map { min($0, limit) } ?? limit
    }

    private func waitingTime() -> Int32 {
        let remaining = nextTimeLimit.map { ContinuousClock.now.duration(to: $0) }
        let wait = min(remaining ?? Self.longestWait, Self.longestWait)
        return Int32(wait.curlMilliseconds)
    }

    private func endAll(_ error: CurlError) {
        for easy in Array(running.values) {
            // Whatever libcurl says to it, the client ends here.
            try? finish(easy, .failure(error))
        }
        for case .add(let transfer) in mailbox.shut() { transfer.end(.failure(error)) }
    }
}
