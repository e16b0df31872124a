// SPDX-License-Identifier: Apache-2.0

/// A worker's hold on the run it executes.
///
/// Whoever shows the token may write; the count says that the holder is alive, by rising. There is
/// no expiry time in it, so no two clocks are ever compared: an observer that sees the same token
/// and count for a whole lease time on its own clock knows enough.
public struct Lease: Hashable, Sendable {
    /// The secret of this hold, made anew by every claim.
    public let token: String
    /// The worker that holds it.
    public let owner: String
    /// How often it was renewed.
    public var renewals: Int64

    /// Creates a hold.
    public init(token: String, owner: String, renewals: Int64 = 0) {
        self.token = token
        self.owner = owner
        self.renewals = renewals
    }
}
