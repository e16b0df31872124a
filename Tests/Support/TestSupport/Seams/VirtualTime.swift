// SPDX-License-Identifier: Apache-2.0

public import Model
public import Seams
import Synchronization

/// A clock that stands still until a test moves it on.
///
/// Whoever sleeps on it sleeps until then. Wall clock and monotonic clock move together; the wall clock can
/// be made to jump. Any task may use it, any number at once.
public final class VirtualTime: TimeSource {
    fileprivate struct Sleeper {
        let id: Int
        let wakesAt: Duration
        let continuation: CheckedContinuation<Bool, Never>
    }

    fileprivate struct Watcher {
        let count: Int
        let signal: TestSignal<Void>
    }

    fileprivate struct State {
        var now: Timestamp
        var elapsed: Duration = .zero
        var nextID = 0
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
        var watchers: [Watcher] = []
    }

    private let state: Mutex<State>

    /// Creates a clock that shows `start`.
    public init(start: Timestamp = Timestamp(milliseconds: 1_767_225_600_000)) {
        state = Mutex(State(now: start))
    }

    /// The virtual wall clock's time.
    public var now: Timestamp { state.withLock { $0.now } }

    /// The virtual time since the clock's creation.
    public var elapsed: Duration { state.withLock { $0.elapsed } }

    /// How many tasks sleep on the clock.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Waits until a test has moved the clock on by `duration`; nothing or less doesn't wait.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let wasCancelled = await withTaskCancellationHandler {
            await withCheckedContinuation { enter(id, for: duration, $0) }
        } onCancel: {
            cancel(id)
        }
        if wasCancelled { throw CancellationError() }
    }

    /// Moves both clocks on, and wakes whose time has come: in the order of their times, of equal ones who
    /// fell asleep first.
    ///
    /// The clock stands at a sleeper's own time while it is woken. Doesn't wait for what the woken do: one
    /// that sleeps again counts from the time that the clock shows by then.
    public func advance(by duration: Duration) {
        let end = state.withLock { $0.elapsed } + duration
        while let sleeper = wakeNext(until: end) { sleeper.continuation.resume(returning: false) }
    }

    /// Makes the wall clock jump, as a clock that is set right does; nobody wakes by it.
    public func jumpWallClock(by duration: Duration) {
        state.withLock { $0.now = $0.now.advanced(by: duration) }
    }

    /// Waits until at least so many tasks sleep on the clock.
    ///
    /// - Throws: `DeadlineExceeded` at the limit, which is real time.
    public func waitForSleepers(
        _ count: Int, within limit: Duration = .seconds(20), fileID: String = #fileID,
        line: Int = #line
    ) async throws {
        let signal: TestSignal<Void>? = state.withLock { state in
            guard state.sleepers.count < count else { return nil }
            let signal = TestSignal<Void>()
            state.watchers.append(Watcher(count: count, signal: signal))
            return signal
        }
        try await signal?.next(
            within: limit, "\(count) sleepers on the virtual clock", fileID: fileID, line: line)
    }

    private func enter(
        _ id: Int, for duration: Duration, _ continuation: CheckedContinuation<Bool, Never>
    ) {
        let (isCancelled, watchers) = state.withLock { state -> (Bool, [Watcher]) in
            if state.cancelled.remove(id) != nil { return (true, []) }
            state.sleepers.append(
                Sleeper(id: id, wakesAt: state.elapsed + duration, continuation: continuation))
            let content = state.watchers.filter { $0.count <= state.sleepers.count }
            state.watchers.removeAll { $0.count <= state.sleepers.count }
            return (false, content)
        }
        if isCancelled { continuation.resume(returning: true) }
        for watcher in watchers { watcher.signal.send() }
    }

    private func cancel(_ id: Int) {
        let sleeper = state.withLock { state in
            guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return Sleeper?.none
            }
            return state.sleepers.remove(at: index)
        }
        sleeper?.continuation.resume(returning: true)
    }

    private func wakeNext(until end: Duration) -> Sleeper? {
        state.withLock { state in
            let next = state.sleepers.indices.min {
                (state.sleepers[$0].wakesAt, state.sleepers[$0].id)
                    < (state.sleepers[$1].wakesAt, state.sleepers[$1].id)
            }
            guard let next, state.sleepers[next].wakesAt <= end else {
                state.move(to: end)
                return nil
            }
            let sleeper = state.sleepers.remove(at: next)
            state.move(to: max(state.elapsed, sleeper.wakesAt))
            return sleeper
        }
    }
}

extension VirtualTime.State {
    fileprivate mutating func move(to time: Duration) {
        now = now.advanced(by: max(.zero, time - elapsed))
        elapsed = max(elapsed, time)
    }
}
