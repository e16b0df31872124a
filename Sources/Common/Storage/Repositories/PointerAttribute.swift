// SPDX-License-Identifier: Apache-2.0

/// The attributes of rows that are no entity's own: pointers, links and places in line.
public enum PointerAttribute {
    /// The workspace that the row points to.
    public static let workspaceID = "workspaceId"
    /// The run that the row points to.
    public static let runID = "runId"
}
