// SPDX-License-Identifier: Apache-2.0

import Model

/// The types on the wire; never renamed, a changed meaning gets the next version.
enum RecordType {
    static let runRequested = "dev.tlao.run.requested.v1"
    static let runEnded = "dev.tlao.run.ended.v1"
    static let runAssigned = "dev.tlao.run.assigned.v1"
    static let cancelRun = "dev.tlao.run.cancel.v1"
    static let heartbeat = "dev.tlao.executor.heartbeat.v1"

    /// The type of a timeline's event: by what it is about, a change of status by the status it
    /// came to.
    static func progress(of event: ProgressEvent) -> String {
        "dev.tlao.run.\(word(for: event)).v1"
    }

    /// All types of a timeline's events.
    static let progressTypes = Set(
        [
            "queued", "assigned", "running", "completed", "failed", "timed_out", "cancelled", "log",
            "artifact_ready", "error",
        ]
        .map { "dev.tlao.run.\($0).v1" })

    private static func word(for event: ProgressEvent) -> String {
        switch event.type {
        case .log: "log"
        case .artifactReady: "artifact_ready"
        case .runError: "error"
        case .statusChange:
            event.phase == .assigned ? "assigned" : (event.status ?? .running).rawValue
        }
    }
}
