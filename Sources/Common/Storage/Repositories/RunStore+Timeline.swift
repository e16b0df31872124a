// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension RunStore {
    /// How the writing of a step came out.
    public enum Append: Equatable, Sendable {
        /// The step stands in the timeline.
        case written
        /// Another step stands in its place: its writer has lost the run.
        case fenced
    }

    /// Writes the next step of a timeline, if its place is free.
    ///
    /// Safe to repeat: a step that stands there under the same writer's mark counts as written.
    ///
    /// - Throws: ``TableError`` when the table can't say; the step may or may not stand there then.
    public func append(_ step: RunStep, patience: Duration = .seconds(10)) async throws(TableError)
        -> Append
    {
        let key = TableKeys.step(step.event.runID, step.event.sequenceNumber)
        let proof = CommitProof(
            key: key, condition: .equals(RunStep.writerAttribute, .string(step.writer)))
        let commit = try await transactions.commit(
            [.put(try step.row, when: .rowAbsent)], proof: proof, patience: patience)
        if commit == .committed { return .written }
        return proof.condition.holds(on: try await table.get(key)) ? .written : .fenced
    }

    /// Reads a page of a run's timeline, in order, after sequence number `after`; shorter than
    /// `limit` means the end.
    public func steps(of run: RunID, after: Int64, limit: Int) async throws(TableError) -> [RunStep]
    {
        var steps: [RunStep] = []
        var cursor: String? = TableKeys.step(run, after).sort
        while steps.count < limit, let start = cursor {
            let page = try await table.query(
                TableQuery(
                    partition: TableKeys.runPointer(run).partition, prefix: "STEP#", after: start,
                    limit: limit - steps.count))
            for row in page.rows { steps.append(try RunStep(row: row)) }
            cursor = page.next
        }
        return steps
    }

    /// Reads the highest sequence number of a run's timeline; 0 when it has none.
    public func lastSequence(of run: RunID) async throws(TableError) -> Int64 {
        let page = try await table.query(
            TableQuery(
                partition: TableKeys.runPointer(run).partition, prefix: "STEP#", limit: 1,
                reverse: true))
        guard let row = page.rows.first else { return 0 }
        return try RunStep(row: row).event.sequenceNumber
    }
}
