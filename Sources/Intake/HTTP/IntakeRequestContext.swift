// SPDX-License-Identifier: Apache-2.0

public import Access
public import Hummingbird
import NIOCore

/// What is known of a request while it is answered.
public struct IntakeRequestContext: RequestContext {
    /// What Hummingbird keeps of it.
    public var coreContext: CoreRequestContextStorage
    /// The id of the request, its answer and its log lines; set before anything else happens.
    public var correlationID = ""
    /// Who makes it; set on every route that needs a token.
    public var identity: Identity?
    /// The connection it came on.
    let channel: any Channel

    /// Creates the context of a new request.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
