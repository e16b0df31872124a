// SPDX-License-Identifier: Apache-2.0

public import Model
import Seams
public import Storage

extension RunStore {
    /// Stores what a command made of a run: the run, its new steps, its slot and its place among
    /// the waiting, in one transaction.
    ///
    /// `concurrencyLimit` bounds the slots of the workspace when the transition takes one. `more`
    /// are writes that must go through with it. `.refused` means that something is not as the
    /// transition was decided from: read again and decide again. The positions it names are the
    /// run's (0), those of the steps, then slot and place, then `more`.
    public func store(
        _ transition: RunTransition, concurrencyLimit: Int = 0, with more: [TableWrite] = [],
        patience: Duration = .seconds(10)
    ) async throws(TableError) -> Commit {
        let mark = identifiers.mark()
        var writes = [try runWrite(transition, mark: mark)]
        for event in transition.events {
            writes.append(
                .put(try RunStep(event: event, writer: mark).row, when: .rowAbsent))
        }
        writes += slotWrite(transition, limit: concurrencyLimit) + queueWrite(transition) + more
        return try await transactions.commit(
            writes, proof: proof(of: transition, mark: mark), patience: patience)
    }

    /// Whether `commit` of a transition that takes a slot was refused for want of a free one.
    public func isOutOfSlots(_ commit: Commit, of transition: RunTransition) -> Bool {
        guard transition.slot == .take, case .refused(let positions) = commit else { return false }
        return positions.contains(1 + transition.events.count)
    }

    private func runWrite(_ transition: RunTransition, mark: String) throws(TableError)
        -> TableWrite
    {
        var row = try transition.after.row
        row.attributes[RunAttribute.writeMark] = .string(mark)
        guard let before = transition.before else { return .put(row, when: .rowAbsent) }
        return .put(row, when: .equals(RunAttribute.version, .integer(before.version)))
    }

    private func slotWrite(_ transition: RunTransition, limit: Int) -> [TableWrite] {
        let key = TableKeys.slots(transition.after.workspaceID)
        let run = transition.after.id.text
        switch transition.slot {
        case .none: return []
        case .free: return [.update(key, [.subtract(SlotsAttribute.runIDs, [run])])]
        case .take:
            let isFree: TableCondition = .any([
                .contains(SlotsAttribute.runIDs, run), .absent(SlotsAttribute.runIDs),
                .sizeLessThan(SlotsAttribute.runIDs, limit),
            ])
            return [.update(key, [.insert(SlotsAttribute.runIDs, [run])], when: isFree)]
        }
    }

    private func queueWrite(_ transition: RunTransition) -> [TableWrite] {
        let run = transition.after
        let key = TableKeys.waiting(run.id, priority: run.priority, in: run.workspaceID)
        switch transition.queue {
        case .none: return []
        case .leave: return [.delete(key)]
        case .enter:
            return [
                .put(TableRow(key: key, attributes: [PointerAttribute.runID: .string(run.id.text)]))
            ]
        }
    }

    /// A step is never overwritten, so it proves for ever; a transition without one is proven by
    /// the mark on the run for as long as nobody else changed it, and after that the caller reads
    /// and decides anew anyway.
    private func proof(of transition: RunTransition, mark: String) -> CommitProof {
        if let event = transition.events.first {
            return CommitProof(
                key: TableKeys.step(event.runID, event.sequenceNumber),
                condition: .equals(RunStep.writerAttribute, .string(mark)))
        }
        return CommitProof(
            key: TableKeys.run(transition.after.id, in: transition.after.workspaceID),
            condition: .equals(RunAttribute.writeMark, .string(mark)))
    }
}
