// SPDX-License-Identifier: Apache-2.0

import Storage

/// A way in which a table fails its caller.
public enum TableFault: CaseIterable, Hashable, Sendable {
    /// Another transaction was in the way; nothing was done. Reads don't have it.
    case contention
    /// The table asks for fewer requests; nothing was done.
    case throttled
    /// The table can't be reached; nothing was done.
    case unavailable
    /// The transaction was done (or refused) and its answer is lost. Reads don't have it.
    case lostAnswer
    /// The transaction never arrived, which the caller can't tell from a lost answer. Reads don't
    /// have it.
    case lostRequest

    /// Whether a read can fail so.
    var concernsReads: Bool { self == .throttled || self == .unavailable }

    /// What the caller is told.
    var error: TableError {
        let code: TableError.Code =
            switch self {
            case .contention: .contention
            case .throttled: .throttled
            case .unavailable: .unavailable
            case .lostAnswer, .lostRequest: .unknownOutcome
            }
        return TableError(code, "an injected fault")
    }
}
