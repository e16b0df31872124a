// SPDX-License-Identifier: Apache-2.0

/// How a ``SQLiteTable`` uses its file.
public struct SQLiteTableConfiguration: Sendable {
    /// How long a transaction waits for another process's transaction before it is `contention`.
    public var busyTimeout: Duration

    /// The connections that read, each on a thread of its own while it does; at least 1.
    public var readers: Int

    /// The most transactions that wait for the writer; one more is `throttled`.
    public var pendingLimit: Int

    /// The most writes that share one commit.
    ///
    /// A batch ends with the transaction that reaches it.
    public var batchWrites: Int

    /// Creates a configuration.
    public init(
        busyTimeout: Duration = .seconds(5), readers: Int = 4, pendingLimit: Int = 10_000,
        batchWrites: Int = 500
    ) {
        self.busyTimeout = busyTimeout
        self.readers = readers
        self.pendingLimit = pendingLimit
        self.batchWrites = batchWrites
    }
}
