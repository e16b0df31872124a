// SPDX-License-Identifier: Apache-2.0

import Model
import NIOCore
import NIOHTTPTypes
import Seams

/// One client's place in one run's timeline: a cursor, and nothing that grows.
///
/// Lives on its channel's event loop. It writes while the channel takes it; what it doesn't write
/// now it finds later in the feed, or in the table.
final class StreamConnection {
    private enum Mode: Equatable {
        /// Takes frames from the feed.
        case following
        /// Looks into the table; the answer comes back to ``caughtUp(_:isComplete:)``.
        case catchingUp
        /// Waits until the channel takes more.
        case blocked
        /// Waits for the next look at the clock, for the table could not be read, or had nothing.
        case waiting
        /// Says nothing more.
        case closed
    }

    private let subscription: StreamSubscription
    private let output: StreamOutput
    private let eventLoop: any EventLoop
    private var feed: RunFeed?
    private var cursor: Int64
    private var mode = Mode.catchingUp
    private var lastWrite: Duration

    init(_ subscription: StreamSubscription, output: StreamOutput, on eventLoop: any EventLoop) {
        self.subscription = subscription
        self.output = output
        self.eventLoop = eventLoop
        cursor = subscription.after
        lastWrite = subscription.time.elapsed
    }

    /// Registers for what comes, then reads what was: in this order nothing falls between.
    func open() {
        output.write(.body(Frame.opening))
        output.flush()
        let subscriber = StreamSubscriber(self, on: eventLoop)
        feed = subscription.fanout.subscribe(subscriber, to: subscription.run, at: lastWrite)
        startCatchUp()
    }

    /// Writes what the feed has for it.
    func deliver() {
        guard mode == .following, let feed else { return }
        if feed.hasEnded(by: cursor) { return finish() }
        guard let frames = feed.frames(after: cursor) else { return startCatchUp() }
        write(frames)
    }

    /// Goes on where the channel took no more.
    func writabilityChanged() {
        guard mode == .blocked, output.isWritable else { return }
        mode = .following
        deliver()
    }

    /// Says what is due by the clock: a keepalive, or that the token has expired.
    func tick() {
        guard mode != .closed else { return }
        if subscription.time.now >= subscription.expiresAt {
            output.write(.body(Frame.reauthenticate))
            return finish()
        }
        if mode == .waiting { startCatchUp() }
        let now = subscription.time.elapsed
        guard now - lastWrite >= subscription.keepaliveInterval, output.isWritable else { return }
        output.write(.body(Frame.keepalive))
        output.flush()
        lastWrite = now
    }

    /// Ends the stream early; the client comes back with its cursor.
    func close() {
        guard mode != .closed else { return }
        finish()
    }

    /// Lets go of the feed; the channel is gone, or going.
    func detach() {
        mode = .closed
        guard feed != nil else { return }
        feed = nil
        subscription.fanout.unsubscribe(ObjectIdentifier(self), from: subscription.run)
    }

    // MARK: The table

    private func startCatchUp() {
        mode = .catchingUp
        let subscriber = StreamSubscriber(self, on: eventLoop)
        subscription.work.add { [subscription, cursor] in
            let page = await subscription.read(after: cursor)
            subscriber.onLoop { connection in
                if let page {
                    connection.caughtUp(page.frames, isComplete: page.isComplete)
                } else {
                    connection.failedToCatchUp()
                }
            }
        }
    }

    /// The table is asked again by the clock, not at once: it may be away for long.
    private func failedToCatchUp() {
        guard mode == .catchingUp else { return }
        mode = .waiting
    }

    private func caughtUp(_ frames: [Frame], isComplete: Bool) {
        guard mode == .catchingUp, let feed else { return }
        mode = .following
        write(frames)
        guard mode == .following else { return }
        guard isComplete else { return startCatchUp() }
        feed.absorb(frames, upTo: cursor)
        if frames.isEmpty, feed.frames(after: cursor) == nil {
            // The feed is ahead of the table, which only a message by somebody else can do.
            mode = .waiting
        } else {
            deliver()
        }
    }

    // MARK: Writing

    /// Writes frames in order.
    ///
    /// They have no gap, but where steps of the table have expired, and those
    /// nobody can have any more.
    private func write(_ frames: [Frame]) {
        var wrote = false
        for frame in frames where frame.sequence > cursor {
            guard output.isWritable else {
                mode = .blocked
                break
            }
            output.write(.body(frame.bytes))
            cursor = frame.sequence
            wrote = true
            if frame.isTerminal { return finish() }
        }
        guard wrote else { return }
        output.flush()
        lastWrite = subscription.time.elapsed
        // The flush may have made room, and its event came before the mode was set.
        if mode == .blocked { writabilityChanged() }
    }

    private func finish() {
        detach()
        output.finish()
    }
}
