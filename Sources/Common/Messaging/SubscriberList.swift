// SPDX-License-Identifier: Apache-2.0

import Records

/// Who wants to hear what, and which topics are heard.
struct SubscriberList {
    private struct Subscriber {
        let topics: Set<Topic>
        let continuation: AsyncStream<Record>.Continuation
    }

    private struct Waiter {
        var missing: Set<Topic>
        let continuation: AsyncStream<Void>.Continuation
    }

    private var subscribers: [Int: Subscriber] = [:]
    private var waiters: [Waiter] = []
    private var known: Set<Topic> = []
    private var assigned: Set<Topic> = []
    private var nextID = 0

    /// Adds a subscriber; answers its number, and the topics that nobody wanted before.
    mutating func add(
        _ topics: [Topic], _ continuation: AsyncStream<Record>.Continuation
    ) -> (id: Int, new: [Topic]) {
        nextID += 1
        subscribers[nextID] = Subscriber(topics: Set(topics), continuation: continuation)
        let new = topics.filter { known.insert($0).inserted }
        return (nextID, new)
    }

    mutating func remove(_ id: Int) {
        subscribers[id] = nil
    }

    func subscribers(of topic: Topic) -> [AsyncStream<Record>.Continuation] {
        subscribers.values.filter { $0.topics.contains(topic) }.map(\.continuation)
    }

    /// Remembers that a topic is heard, and lets go whoever waited for just that.
    mutating func assigned(_ topic: Topic) {
        assigned.insert(topic)
        for index in waiters.indices { waiters[index].missing.remove(topic) }
        for waiter in waiters where waiter.missing.isEmpty { waiter.continuation.finish() }
        waiters.removeAll { $0.missing.isEmpty }
    }

    mutating func notify(_ continuation: AsyncStream<Void>.Continuation, when topics: Set<Topic>) {
        let missing = topics.subtracting(assigned)
        if missing.isEmpty {
            continuation.finish()
        } else {
            waiters.append(Waiter(missing: missing, continuation: continuation))
        }
    }

    /// Forgets everybody; answers what ends the streams they wait on, for nothing will be heard any
    /// more.
    ///
    /// That is to be called outside of the lock: the end of a subscriber's stream takes it.
    mutating func finish() -> () -> Void {
        let (former, waiting) = (subscribers.values.map(\.continuation), waiters)
        subscribers = [:]
        waiters = []
        return {
            for continuation in former { continuation.finish() }
            for waiter in waiting { waiter.continuation.finish() }
        }
    }
}
