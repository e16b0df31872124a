// SPDX-License-Identifier: Apache-2.0

public import Model
public import Storage

extension RunStore {
    /// Records an artifact of a run that `token` holds: its row, its pointer and the link from the
    /// run.
    ///
    /// `.refused` means that the token doesn't hold the run any more; nothing was recorded.
    public func record(_ artifact: Artifact, token: String) async throws(TableError) -> Commit {
        let pointer: [String: TableValue] = [
            PointerAttribute.workspaceID: .string(artifact.workspaceID.text)
        ]
        let row = try artifact.row
        return try await transactions.commit(
            [
                .check(
                    TableKeys.run(artifact.runID, in: artifact.workspaceID),
                    .equals(RunAttribute.leaseToken, .string(token))),
                .put(row, when: .rowAbsent),
                .put(TableRow(key: TableKeys.artifactPointer(artifact.id), attributes: pointer)),
                .put(
                    TableRow(
                        key: TableKeys.artifactLink(artifact.runID, artifact.id),
                        attributes: pointer)),
            ], proof: CommitProof(key: row.key, condition: .rowExists))
    }

    /// Lists the artifacts recorded for a run, oldest first.
    public func artifactIDs(of run: RunID) async throws(TableError) -> [ArtifactID] {
        var identifiers: [ArtifactID] = []
        var cursor: String?
        repeat {
            let page = try await table.query(
                TableQuery(
                    partition: TableKeys.runPointer(run).partition, prefix: "ART#", after: cursor))
            identifiers += page.rows.map { ArtifactID(String($0.key.sort.dropFirst("ART#".count))) }
            cursor = page.next
        } while cursor != nil
        return identifiers
    }

    /// Reads an artifact of a workspace; nil when there is none.
    public func artifact(_ id: ArtifactID, in workspace: WorkspaceID) async throws(TableError)
        -> Artifact?
    {
        guard let row = try await table.get(TableKeys.artifact(id, in: workspace)) else {
            return nil
        }
        return try Artifact(row: row)
    }

    /// Reads which workspace an artifact belongs to; nil when there is no such artifact.
    public func workspace(of id: ArtifactID) async throws(TableError) -> WorkspaceID? {
        try await table.get(TableKeys.artifactPointer(id))?.string(PointerAttribute.workspaceID).map
        { WorkspaceID($0) }
    }

    /// Reads a page of a workspace's artifacts, newest first, after `cursor`.
    public func artifacts(
        of workspace: WorkspaceID, after cursor: ArtifactID? = nil, limit: Int
    ) async throws(TableError) -> (artifacts: [Artifact], next: ArtifactID?) {
        let page = try await table.query(
            TableQuery(
                partition: TableKeys.workspace(workspace).partition, prefix: "ART#",
                after: cursor.map { "ART#\($0)" }, limit: limit, reverse: true))
        var artifacts: [Artifact] = []
        for row in page.rows { artifacts.append(try Artifact(row: row)) }
        return (artifacts, page.next.map { ArtifactID(String($0.dropFirst("ART#".count))) })
    }
}
