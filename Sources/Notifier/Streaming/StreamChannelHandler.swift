// SPDX-License-Identifier: Apache-2.0

import API
import HTTPTypes
import Model
import NIOCore
import NIOHTTPTypes
import Seams

/// Answers `GET /runs/{id}/stream` within a connection of an HTTP server, and lets all else pass.
///
/// It stands between the HTTP codec and the server's own handler. The server never sees a stream:
/// no task and no queue of its own is kept for a client, only a cursor.
final class StreamChannelHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum State {
        /// Requests pass to the server; `answersDue` of them aren't answered yet.
        case passing
        /// A stream was asked for; nothing that follows on this connection is looked at.
        case taken
        /// The stream is open.
        case streaming(StreamConnection)
    }

    private let services: StreamServices
    private var state = State.passing
    private var answersDue = 0
    /// A request for a stream that was pipelined behind others, and has to wait for their answers.
    private var waiting: StreamRequest?

    init(services: StreamServices) {
        self.services = services
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .passing = state else { return }
        let part = Self.unwrapInboundIn(data)
        guard case .head(let head) = part else { return context.fireChannelRead(data) }
        guard let request = StreamRequest(head) else {
            answersDue += 1
            return context.fireChannelRead(data)
        }
        state = .taken
        if answersDue == 0 { admit(request, context) } else { waiting = request }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let isEnd = if case .end = Self.unwrapOutboundIn(data) { true } else { false }
        context.write(data, promise: promise)
        guard isEnd else { return }
        answersDue -= 1
        guard answersDue == 0, let request = waiting else { return }
        waiting = nil
        admit(request, context)
    }

    private func admit(_ request: StreamRequest, _ context: ChannelHandlerContext) {
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let correlationID = services.admission.correlationID(of: request)
        services.work.add { [services, eventLoop = context.eventLoop] in
            let decision = await services.admission.decide(request, correlationID: correlationID)
            eventLoop.execute { handler.value.answer(decision, correlationID, bound.value) }
        }
    }

    // MARK: Answers

    private func answer(
        _ decision: StreamAdmission.Decision, _ correlationID: String,
        _ context: ChannelHandlerContext
    ) {
        guard case .taken = state, context.channel.isActive else { return }
        let output = StreamOutput(context)
        switch decision {
        case .stream(let run, let after, let expiresAt):
            output.write(.head(StreamAnswers.stream(correlationID)))
            let connection = StreamConnection(
                services.subscription(to: run, after: after, until: expiresAt), output: output,
                on: context.eventLoop)
            state = .streaming(connection)
            connection.open()
        case .seenToTheEnd:
            output.write(.head(StreamAnswers.nothing(correlationID)))
            output.finish()
        case .refuse(let status, let refusal):
            let (head, body) = StreamAnswers.refusal(status, refusal)
            output.write(.head(head))
            output.write(.body(body))
            output.finish()
        }
    }

    // MARK: The connection

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if case .streaming(let connection) = state { connection.writabilityChanged() }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        detach()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        detach()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            if case .streaming(let connection) = state { return connection.close() }
        case ChannelEvent.inputClosed:
            // A client that closed its side is taken for gone: nobody half-closes and goes on reading.
            if case .streaming = state { return context.close(promise: nil) }
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func detach() {
        if case .streaming(let connection) = state { connection.detach() }
        state = .taken
    }
}
