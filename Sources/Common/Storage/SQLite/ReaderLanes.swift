// SPDX-License-Identifier: Apache-2.0

import GRDB
import Storage
import Synchronization

/// The reading connections, each with a queue of its own; a read goes to the one with the least to
/// do.
///
/// A read is one SELECT, and so a transaction of its own: in WAL mode it sees every commit that
/// ended before it began, also those of other processes. (GRDB's `DatabasePool` would add two hops
/// between threads and three statements to each.) Reads beyond the number of connections wait in
/// the queues: no threads are made for them.
final class ReaderLanes: Sendable {
    private let connections: [DatabaseQueue]
    private let loads: Mutex<[Int]>

    /// Takes over `connections`, of which there is at least one.
    init(connections: [DatabaseQueue]) {
        self.connections = connections
        loads = Mutex(connections.map { _ in 0 })
    }

    /// Runs `body` on a connection's queue.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value)
        async throws(TableError) -> Value
    {
        let lane = loads.withLock { loads in
            let lane = loads.indices.min { loads[$0] < loads[$1] } ?? 0
            loads[lane] += 1
            return lane
        }
        let result: Result<Value, TableError> = await withCheckedContinuation { answer in
            connections[lane].asyncWriteWithoutTransaction { database in
                let result = Result { try body(database) }
                self.loads.withLock { $0[lane] -= 1 }
                answer.resume(returning: result.mapError(TableError.init(sqlite:)))
            }
        }
        return try result.get()
    }

    /// Closes every connection, after the reads that wait for it; blocks.
    func close() throws {
        for connection in connections { try connection.close() }
    }
}
