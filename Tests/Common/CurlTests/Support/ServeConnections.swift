// SPDX-License-Identifier: Apache-2.0
import NIOCore

/// Serves every connection of a listener while `body` runs, then ends them all.
///
/// The listener is closed before anything is cancelled, so that a connection that was accepted but
/// not yet taken is served, and thereby closed, like the others: SwiftNIO traps on one that is
/// dropped.
func serveConnections<Inbound: Sendable, Outbound: Sendable, Value: Sendable>(
    of listener: NIOAsyncChannel<NIOAsyncChannel<Inbound, Outbound>, Never>,
    with serve: @escaping @Sendable (NIOAsyncChannel<Inbound, Outbound>) async -> Void,
    while body: () async throws -> Value
) async throws -> Value {
    try await listener.executeThenClose { arrivals in
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await withThrowingDiscardingTaskGroup { connections in
                    for try await connection in arrivals {
                        connections.addTask { await serve(connection) }
                    }
                    connections.cancelAll()
                }
            }
            let result: Result<Value, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            try? await listener.channel.close()
            try await group.waitForAll()
            return try result.get()
        }
    }
}
