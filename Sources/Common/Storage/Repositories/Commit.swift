// SPDX-License-Identifier: Apache-2.0

/// How a transaction came out, once that is certain.
public enum Commit: Equatable, Sendable {
    /// It went through, once.
    case committed
    /// It did nothing, because these of its writes (by position) met a row they did not expect.
    case refused([Int])
}
