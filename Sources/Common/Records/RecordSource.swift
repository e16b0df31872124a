// SPDX-License-Identifier: Apache-2.0

/// The only way a stage hears what the others say.
public protocol RecordSource: Sendable {
    /// All records on `topics` from now on.
    ///
    /// The sequence keeps at most `buffer` records for a slow reader and then drops the oldest:
    /// whoever reads slowly finds in the table what it missed. Messages that can't be understood
    /// are left out and logged.
    func records(on topics: [Topic], buffer: Int) -> AsyncStream<Record>

    /// Whether Kafka could be reached lately, as far as this process can tell.
    var isReachable: Bool { get }
}
