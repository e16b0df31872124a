// SPDX-License-Identifier: Apache-2.0

extension String {
    /// Throws when this topic's name would not survive the way through C, where a NUL ends a string.
    func checkTopic() throws(KafkaError) {
        guard !isEmpty, !utf8.contains(0) else {
            throw KafkaError(
                code: .invalidArgument, reason: "A topic's name is empty or contains a NUL.")
        }
    }
}
