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
    /// Time demands nothing of any transfer before this; earlier than true only costs a look.
    private var nextDemand: ContinuousClock.Instant?

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
        for easy in running.values {
            easy.exchange.deliverHead()
            note(easy.exchange.nudgeTime)
        }
        while let (easy, code) = multi.nextDone() { try finish(easy, easy.outcome(of: code)) }
        try meetDemands()
        try multi.wait(milliseconds: waitingTime())
    }

    private func handle(_ message: Mailbox.Message) throws(CurlError) {
        switch message {
        case .add(let transfer): add(transfer)
        case .resume(let transfer):
            guard let easy = running[ObjectIdentifier(transfer)] else { return }
            try go(on: easy) { () throws(CurlError) in try easy.resume() }
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
            note(.now)
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

    private func meetDemands() throws(CurlError) {
        let now = ContinuousClock.now
        guard let due = nextDemand, due <= now else { return }
        nextDemand = nil
        for easy in Array(running.values) { try meet(easy.exchange.demand(at: now), of: easy) }
    }

    private func meet(_ demand: Exchange.Demand, of easy: EasyHandle) throws(CurlError) {
        switch demand {
        case .later(let time): note(time)
        case .nudge:
            note(.now)
            try go(on: easy) { () throws(CurlError) in try easy.nudge() }
        case .end(let error): try finish(easy, .failure(error))
        }
    }

    private func go(
        on easy: EasyHandle, _ action: () throws(CurlError) -> Void
    ) throws(CurlError) {
        do throws(CurlError) {
            try action()
        } catch {
            try finish(easy, easy.exchange.outcome(of: error))
        }
    }

    private func note(_ time: ContinuousClock.Instant?) {
        guard let time else { return }
        nextDemand = nextDemand.map { min($0, time) } ?? time
    }

    private func waitingTime() -> Int32 {
        let remaining = nextDemand.map { ContinuousClock.now.duration(to: $0) }
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
