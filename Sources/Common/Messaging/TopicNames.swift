// SPDX-License-Identifier: Apache-2.0

public import Records

/// The names of the topics on the wire: a prefix, and what the topic is called below it.
public struct TopicNames: Sendable {
    private let prefix: String

    /// Creates names below `prefix`, which may be empty.
    public init(prefix: String) {
        self.prefix = prefix
    }

    /// The name of a topic on the wire.
    public func name(of topic: Topic) -> String { prefix + topic.description }

    /// The topic of that name; nil when the name is not below the prefix.
    public func topic(named name: String) -> Topic? {
        name.hasPrefix(prefix) ? Topic(String(name.dropFirst(prefix.count))) : nil
    }
}
