// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// A connection as other threads may hold it: only its event loop touches what is inside.
struct StreamSubscriber: Sendable {
    let id: ObjectIdentifier
    let eventLoop: any EventLoop
    private let connection: NIOLoopBound<StreamConnection>

    init(_ connection: StreamConnection, on eventLoop: any EventLoop) {
        id = ObjectIdentifier(connection)
        self.eventLoop = eventLoop
        self.connection = NIOLoopBound(connection, eventLoop: eventLoop)
    }

    /// Calls `body` on the event loop, soon.
    func onLoop(_ body: @escaping @Sendable (StreamConnection) -> Void) {
        eventLoop.execute { perform(body) }
    }

    /// Calls `body` at once; only on the event loop.
    func perform(_ body: (StreamConnection) -> Void) {
        body(connection.value)
    }
}
