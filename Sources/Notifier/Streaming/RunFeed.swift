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
                if frame.sequence > last + 1 { return (.gap, false) }
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

    // MARK: Filling from the table

    func isSilent(since time: Duration) -> Bool {
        state.withLock { !$0.subscribers.isEmpty && $0.lastActivity <= time }
    }

    /// Begins a reading of the table; answers after which event, nil when one is under way, nobody
    /// cares, or nobody knows yet from where.
    func beginFill() -> Int64? {
        state.withLock { state in
            guard !state.isFilling, !state.subscribers.isEmpty,
                let last = state.frames.last?.sequence ?? state.caughtUpTo
            else { return nil }
            state.isFilling = true
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

    func endFill(_ frames: [Frame], isComplete: Bool, at now: Duration) {
        state.withLock { state in
            state.isFilling = false
            for frame in frames { extend(&state, with: frame) }
            if isComplete { state.lastActivity = now }
        }
        if !frames.isEmpty { wake() }
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
