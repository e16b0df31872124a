// SPDX-License-Identifier: Apache-2.0

/// The error of a generator that has no value for the choices at hand.
///
/// It is never a failure of the property: the runner draws other choices instead.
public struct RejectedChoices: Error, Sendable {
    /// Rejects the choices drawn so far.
    public init() {}
}
