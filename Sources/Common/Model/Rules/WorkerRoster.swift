// SPDX-License-Identifier: Apache-2.0

/// Knows which workers are there and how many runs each can take, from what it is told.
///
/// Pure: times are what the caller read from its monotonic clock, as the time since some origin of its
/// own. A worker is online while its last heartbeat is younger than the expiry and doesn't say that it is
/// draining.
///
/// What a worker last said doesn't count the runs assigned to it that it hasn't claimed yet. Those are
/// reserved here and subtracted, each until it is claimed *and* the worker has spoken since (its heartbeat
/// counts the run then), or is taken back, or is so old that a sweeper has taken it back.
public struct WorkerRoster: Sendable {
    private struct Worker {
        var heartbeat: WorkerHeartbeat
        var heardAt: Duration
        /// The turn of its last assignment; 0 is never.
        var lastTurn: Int64 = 0
    }

    private struct Reservation {
        let workerID: String
        let madeAt: Duration
        /// The heartbeat that the worker had last sent when the claim was known; nil before.
        var claimedAfter: Int64?
    }

    private let expiry: Duration
    private let reservationLife: Duration
    private let forgetAfter: Duration
    private var workers: [String: Worker] = [:]
    private var reservations: [AssignmentID: Reservation] = [:]
    /// Until when each is left out; nil is without end.
    private var excluded: [String: Duration?] = [:]
    private var lastHeardOf: [String: Timestamp] = [:]
    private var lastHeardAt: Duration?
    private var turns: Int64 = 0

    /// Creates a roster that knows nobody.
    public init(timing: PipelineTiming = PipelineTiming()) {
        expiry = timing.heartbeatExpiry
        // An unclaimed run is taken back after twice the claim patience.
        reservationLife = timing.claimPatience * 3
        forgetAfter = timing.heartbeatExpiry * 10
    }
}

// MARK: - What it is told

extension WorkerRoster {
    /// Takes note of a heartbeat; `now` is monotonic, `wallTime` is for people.
    ///
    /// Answers whether it was news: one that repeats an older count proves nothing and is ignored.
    @discardableResult
    public mutating func heard(
        _ heartbeat: WorkerHeartbeat, at now: Duration, wallTime: Timestamp
    ) -> Bool {
        let id = heartbeat.workerID
        if let known = workers[id], known.heartbeat.count >= heartbeat.count { return false }
        forgetTheGone(at: now)
        workers[id] = Worker(
            heartbeat: heartbeat, heardAt: now, lastTurn: workers[id]?.lastTurn ?? 0)
        reservations = reservations.filter { _, reservation in
            guard reservation.workerID == id, let count = reservation.claimedAfter else {
                return true
            }
            return heartbeat.count <= count
        }
        for name in heartbeat.executorNames { lastHeardOf[name] = wallTime }
        lastHeardAt = max(lastHeardAt ?? now, now)
        return true
    }

    /// Sets a place aside on a worker for a run that it has yet to claim.
    public mutating func reserve(_ assignment: AssignmentID, on workerID: String, at now: Duration)
    {
        reservations[assignment] = Reservation(workerID: workerID, madeAt: now)
        turns += 1
        workers[workerID]?.lastTurn = turns
    }

    /// Takes note that a worker claimed an assignment: it is well, and its next heartbeat counts the run.
    public mutating func claimed(_ assignment: AssignmentID, by workerID: String) {
        excluded[workerID] = nil
        let count = workers[workerID]?.heartbeat.count
        reservations[assignment]?.claimedAfter = count ?? 0
    }

    /// Gives a place back: the assignment was taken back, or its run has ended.
    public mutating func release(_ assignment: AssignmentID) {
        reservations[assignment] = nil
    }

    /// Gives a worker nothing new until it claims something, or until `end`: it let an assignment lie.
    ///
    /// The end matters where nobody else gives it anything: it could never claim then.
    public mutating func exclude(_ workerID: String, until end: Duration? = nil) {
        excluded.updateValue(end, forKey: workerID)
    }

    /// Drops workers that were silent for ten times the expiry (a restarted one has another identifier),
    /// and reservations that are over.
    private mutating func forgetTheGone(at now: Duration) {
        workers = workers.filter { now - $0.value.heardAt <= forgetAfter }
        excluded = excluded.filter { workers[$0.key] != nil }
        reservations = reservations.filter { now - $0.value.madeAt <= reservationLife }
    }
}

// MARK: - What it answers

extension WorkerRoster {
    /// The worker that should get the next run of an executor; nil when none has a free slot.
    ///
    /// It is the one with the most free slots; of equals the one whose last assignment is longest ago,
    /// then the first by identifier.
    public func bestWorker(for executorName: String, at now: Duration) -> String? {
        online(executorName, at: now)
            .filter { !isExcluded($0, at: now) }
            .map { (worker: $0, free: freeSlots(of: $0, at: now)) }
            .filter { $0.free > 0 }
            .min { left, right in
                if left.free != right.free { return left.free > right.free }
                if left.worker.lastTurn != right.worker.lastTurn {
                    return left.worker.lastTurn < right.worker.lastTurn
                }
                return left.worker.heartbeat.workerID < right.worker.heartbeat.workerID
            }?.worker.heartbeat.workerID
    }

    /// What the workers of an executor amount to.
    public func presence(of executorName: String, at now: Duration) -> ExecutorPresence {
        let workers = online(executorName, at: now)
        return ExecutorPresence(
            workersOnline: workers.count,
            slots: workers.reduce(0) { $0 + slots(of: $1) },
            freeSlots: workers.reduce(0) { $0 + freeSlots(of: $1, at: now) },
            lastHeartbeatAt: lastHeardOf[executorName])
    }

    /// The workers that are online, by identifier.
    public func workersOnline(at now: Duration) -> [String] {
        workers.values.filter { isOnline($0, at: now) }.map(\.heartbeat.workerID).sorted()
    }

    /// Whether no worker at all was heard after that time: then the broker is the suspect, not they.
    public func allSilent(since time: Duration) -> Bool {
        lastHeardAt.map { $0 <= time } ?? true
    }

    private func online(_ executorName: String, at now: Duration) -> [Worker] {
        workers.values.filter {
            isOnline($0, at: now) && $0.heartbeat.executorNames.contains(executorName)
        }
    }

    private func isOnline(_ worker: Worker, at now: Duration) -> Bool {
        now - worker.heardAt < expiry && !worker.heartbeat.draining
    }

    private func isExcluded(_ worker: Worker, at now: Duration) -> Bool {
        guard let end = excluded[worker.heartbeat.workerID] else { return false }
        return end.map { now < $0 } ?? true
    }

    private func slots(of worker: Worker) -> Int { max(0, worker.heartbeat.slots) }

    private func freeSlots(of worker: Worker, at now: Duration) -> Int {
        let reserved = reservations.values.count {
            $0.workerID == worker.heartbeat.workerID && now - $0.madeAt <= reservationLife
        }
        return max(0, min(worker.heartbeat.freeSlots, slots(of: worker)) - reserved)
    }
}
