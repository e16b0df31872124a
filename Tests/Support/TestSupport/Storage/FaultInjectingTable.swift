// SPDX-License-Identifier: Apache-2.0

import PropertyTesting
public import Storage
import Synchronization

/// A table that fails now and then, by a script or at random, the way real ones do.
///
/// It never breaks a promise of ``Table``: a caller that retries what may be retried, and reads
/// where the outcome is unknown, gets on with it as with the table inside.
public final class FaultInjectingTable: Table {
    private struct ScriptedFault {
        let fault: TableFault
        let matches: @Sendable ([TableWrite]) -> Bool
    }

    private struct State {
        var random: SplitMix64
        var rates: TableFaultRates
        var transactionScript: [ScriptedFault] = []
        var readScript: [TableFault] = []
        var counts: [TableFault: Int] = [:]
    }

    private let table: any Table
    private let state: Mutex<State>

    /// Wraps `table`; the same seed and the same order of calls make the same faults.
    public init(_ table: any Table, rates: TableFaultRates = .none, seed: UInt64 = 0) {
        self.table = table
        state = Mutex(State(random: SplitMix64(seed: seed), rates: rates))
    }

    /// Changes how often calls fail from now on.
    public func setRates(_ rates: TableFaultRates) { state.withLock { $0.rates = rates } }

    /// Makes the next transaction that `matches` fail so.
    ///
    /// Scripted faults of several calls are used up in order, one for each matching transaction.
    public func failNextTransaction(
        _ fault: TableFault,
        where matches: @escaping @Sendable ([TableWrite]) -> Bool = { _ in true }
    ) {
        state.withLock { state in
            state.transactionScript.append(ScriptedFault(fault: fault, matches: matches))
        }
    }

    /// Makes the next read fail so, be it `get`, `query` or `due`; only `throttled` and
    /// `unavailable` make sense, others are reported as they are.
    public func failNextRead(_ fault: TableFault) {
        state.withLock { $0.readScript.append(fault) }
    }

    /// How often each fault has happened so far.
    public var counts: [TableFault: Int] { state.withLock { $0.counts } }

    /// Reads the row at `key`, unless a fault comes first.
    public func get(_ key: TableKey) async throws(TableError) -> TableRow? {
        try failRead()
        return try await table.get(key)
    }

    /// Reads one page of a query, unless a fault comes first.
    public func query(_ query: TableQuery) async throws(TableError) -> TablePage {
        try failRead()
        return try await table.query(query)
    }

    /// Lists entries of the due index, unless a fault comes first.
    public func due(shard: Int, until: Int64, limit: Int) async throws(TableError) -> [DueEntry] {
        try failRead()
        return try await table.due(shard: shard, until: until, limit: limit)
    }

    /// Does all writes, or none of them; with a fault the caller may not learn which.
    public func transact(_ writes: [TableWrite]) async throws(TableError) {
        guard let fault = nextTransactionFault(writes) else {
            return try await table.transact(writes)
        }
        if fault == .lostAnswer {
            do throws(TableError) {
                try await table.transact(writes)
            } catch  where error.code == .invalidRequest {
                throw error
            } catch {
                // The refusal is the answer that gets lost.
            }
        }
        throw fault.error
    }

    private func nextTransactionFault(_ writes: [TableWrite]) -> TableFault? {
        state.withLock { state in
            if let index = state.transactionScript.firstIndex(where: { $0.matches(writes) }) {
                return Self.count(state.transactionScript.remove(at: index).fault, in: &state)
            }
            return Self.randomFault(among: TableFault.allCases, in: &state)
        }
    }

    private func failRead() throws(TableError) {
        let fault: TableFault? = state.withLock { state in
            if !state.readScript.isEmpty {
                return Self.count(state.readScript.removeFirst(), in: &state)
            }
            return Self.randomFault(
                among: TableFault.allCases.filter(\.concernsReads), in: &state)
        }
        if let fault { throw fault.error }
    }

    private static func randomFault(among faults: [TableFault], in state: inout State)
        -> TableFault?
    {
        let point = Double.random(in: 0..<1, using: &state.random)
        guard let fault = state.rates.fault(at: point, among: faults) else { return nil }
        return count(fault, in: &state)
    }

    private static func count(_ fault: TableFault, in state: inout State) -> TableFault {
        state.counts[fault, default: 0] += 1
        return fault
    }
}
