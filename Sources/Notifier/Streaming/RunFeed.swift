// SPDX-License-Identifier: Apache-2.0

import DequeModule
import Model
import NIOCore
import Synchronization

/// One run's last events, shared by all who follow it.
///
/// Events come from Kafka or from the table, from any thread; the feed keeps them in order and
/// without a gap. Subscribers keep nothing but their place.
final class RunFeed: Sendable {
    /// What became of an event.
    enum Append: Equatable {
        /// It is kept, or was known already.
        case done
        /// Events before it are missing: the table has them.
        case gap
    }

    private struct State {
        var frames: Deque<Frame> = []
        var subscribers: [ObjectIdentifier: StreamSubscriber] = [:]
        var lastActivity: Duration
        var isFilling = false
        /// Whether an event was heard, while a reading was under way, that it may have missed.
        var missedWhileFilling = false
        /// While no frame is kept: the least place of those who have read the table to its end.
        var caughtUpTo: Int64?
    }

    let run: RunID
    private let capacity: Int
    private let state: Mutex<State>

    init(run: RunID, capacity: Int, at now: Duration) {
        self.run = run
        self.capacity = capacity
        state = Mutex(State(lastActivity: now))
    }

    // MARK: Subscribers

    func add(_ subscriber: StreamSubscriber) {
        state.withLock { $0.subscribers[subscriber.id] = subscriber }
    }

    /// Takes a subscriber away; answers whether none is left.
    func remove(_ id: ObjectIdentifier) -> Bool {
        state.withLock { state in
            state.subscribers[id] = nil
            return state.subscribers.isEmpty
        }
    }

    // MARK: Events

    /// Takes in one event, and wakes the subscribers if it is news.
    func append(_ frame: Frame, at now: Duration) -> Append {
        let (result, isNews) = state.withLock { state -> (Append, Bool) in
            if let last = state.frames.last?.sequence {
                if frame.sequence <= last { return (.done, false) }
                if frame.sequence > last + 1 {
                    state.missedWhileFilling = state.isFilling
                    return (.gap, false)
                }
            }
            extend(&state, with: frame)
            state.lastActivity = now
            return (.done, true)
        }
        if isNews { wake() }
        return result
    }

    /// Frames after a subscriber's place; nil when it is so far behind, or so far ahead of what is
    /// kept here, that only the table helps.
    func frames(after cursor: Int64) -> [Frame]? {
        state.withLock { state in
            guard let first = state.frames.first?.sequence, let last = state.frames.last?.sequence
            else { return [] }
            if cursor >= last { return [] }
            guard cursor + 1 >= first else { return nil }
            return Array(state.frames.dropFirst(Int(cursor + 1 - first)))
        }
    }

    /// Whether the run's end is kept here and lies at or before a subscriber's place.
    func hasEnded(by cursor: Int64) -> Bool {
        state.withLock { state in
            guard let last = state.frames.last, last.isTerminal else { return false }
            return last.sequence <= cursor
        }
    }

    // MARK: Filling from the table

    /// Whether nothing was heard since `time`, of a run that goes on.
    func isSilent(since time: Duration) -> Bool {
        state.withLock { state in
            !state.subscribers.isEmpty && state.lastActivity <= time
                && state.frames.last?.isTerminal != true
        }
    }

    /// Begins a reading of the table; answers after which event, nil when one is under way, nobody
    /// cares, or nobody knows yet from where.
    func beginFill() -> Int64? {
        state.withLock { state in
            guard !state.isFilling, !state.subscribers.isEmpty,
                let last = state.frames.last?.sequence ?? state.caughtUpTo
            else { return nil }
            state.isFilling = true
            state.missedWhileFilling = false
            return last
        }
    }

    /// Takes in what a subscriber read from the table up to its end, so that the others need not.
    func absorb(_ frames: [Frame], upTo cursor: Int64) {
        let isNews = state.withLock { state in
            let last = state.frames.last?.sequence
            if state.frames.isEmpty { state.caughtUpTo = min(state.caughtUpTo ?? cursor, cursor) }
            for frame in frames { extend(&state, with: frame) }
            return state.frames.last?.sequence != last
        }
        if isNews { wake() }
    }

    /// Takes in a page that was read; answers whether another is to be read at once.
    ///
    /// That is so when the page got the feed on and there is more: the page was full, or something
    /// was heard meanwhile that it may not have had yet.
    func endFill(_ frames: [Frame], isComplete: Bool, at now: Duration) -> Bool {
        let isBehind = state.withLock { state in
            let before = state.frames.last?.sequence ?? 0
            for frame in frames { extend(&state, with: frame) }
            state.isFilling = false
            state.lastActivity = now
            let gotOn = (state.frames.last?.sequence ?? 0) > before
            return gotOn && (!isComplete || state.missedWhileFilling)
        }
        if !frames.isEmpty { wake() }
        return isBehind
    }

    /// Gives up a reading that failed; the next silence, or gap, begins another.
    func abandonFill(at now: Duration) {
        state.withLock { state in
            state.isFilling = false
            state.lastActivity = now
        }
    }

    /// Keeps a frame that follows the last one; any other is known, or has to wait for a reading.
    private func extend(_ state: inout State, with frame: Frame) {
        if let last = state.frames.last?.sequence, frame.sequence != last + 1 { return }
        state.frames.append(frame)
        if state.frames.count > capacity { state.frames.removeFirst() }
    }

    // MARK: Waking

    /// Has every subscriber write what is new to it: one hop per event loop, not per subscriber.
    private func wake() {
        onLoops { $0.deliver() }
    }

    /// Has every subscriber look at its clock.
    func tick() {
        onLoops { $0.tick() }
    }

    func close() {
        onLoops { $0.close() }
    }

    private func onLoops(_ body: @escaping @Sendable (StreamConnection) -> Void) {
        let subscribers = state.withLock { Array($0.subscribers.values) }
        for (loop, group) in Dictionary(
            grouping: subscribers, by: { ObjectIdentifier($0.eventLoop) })
        {
            _ = loop
            guard let eventLoop = group.first?.eventLoop else { continue }
            eventLoop.execute {
                for subscriber in group { subscriber.perform(body) }
            }
        }
    }
}
