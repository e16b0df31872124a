// SPDX-License-Identifier: Apache-2.0

public import Logging
public import Model
public import Seams
import Storage
import Synchronization

/// The executor registry as last read: asked by every decision, read from the table every two
/// seconds.
///
/// A record that was changed is seen within that time; a table that can't be reached leaves what
/// was read last. Safe to ask from any task.
public final class ExecutorRegistry: Sendable {
    private let store: ExecutorStore
    private let time: any TimeSource
    private let logger: Logger
    private let refreshInterval: Duration
    private let cached = Mutex<[ExecutorRecord]>([])

    /// Creates a registry that has read nothing yet; see ``refresh()``.
    public init(
        store: ExecutorStore, time: any TimeSource, logger: Logger,
        refreshInterval: Duration = .seconds(2)
    ) {
        self.store = store
        self.time = time
        self.logger = logger
        self.refreshInterval = refreshInterval
    }

    /// The records as last read, by name.
    public var executors: [ExecutorRecord] { cached.withLock { $0 } }

    /// Reads the records now.
    ///
    /// - Throws: ``TableError`` when they can't be read; what was read last stays.
    public func refresh() async throws {
        let records = try await store.executors()
        cached.withLock { $0 = records }
    }

    /// Reads the records again and again, until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            do {
                try await refresh()
            } catch {
                logger.warning(
                    "Executor registry could not be read", metadata: ["error": "\(error)"])
            }
            do { try await time.sleep(for: refreshInterval) } catch { return }
        }
    }
}
