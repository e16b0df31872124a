// SPDX-License-Identifier: Apache-2.0

/// Holds one attribute of a row: the few types that every table implementation stores unchanged.
///
/// A document (a task specification, an event) is a `string` with JSON in it.
public enum TableValue: Hashable, Sendable {
    /// Text; never empty as part of a key.
    case string(String)
    /// A whole number.
    case integer(Int64)
    /// A truth value.
    case boolean(Bool)
    /// A set of texts.
    ///
    /// An empty set does not exist: an attribute that loses its last element is gone.
    case strings(Set<String>)
}
