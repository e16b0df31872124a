// SPDX-License-Identifier: Apache-2.0
import Dispatch

/// Looks for a topic until it is there: brokers can't be asked to tell when one is created.
enum TopicLookup {
    /// The pause between two questions, and the longest that one of them may take.
    private static let pause = Duration.milliseconds(50)
    private static let questionTime = Duration.seconds(1)

    /// Describes a topic that has a leader for each of its partitions, within `time`.
    ///
    /// Asks at least once. A cancelled task goes on at once; the thread follows within a question.
    static func describe(
        _ topic: String, by handle: ClientHandle, within time: Duration
    ) async throws(KafkaError) -> KafkaTopicDescription {
        let stop = DispatchSemaphore(value: 0)
        let description = Promise<KafkaTopicDescription>()
        try DedicatedThread.start {
            description.resolve(
                Result { () throws(KafkaError) in
                    try describe(topic, by: handle, until: .now + time, stop)
                })
        }
        defer { stop.signal() }
        return try await description.value()
    }

    private static func describe(
        _ topic: String, by handle: ClientHandle, until deadline: ContinuousClock.Instant,
        _ stop: DispatchSemaphore
    ) throws(KafkaError) -> KafkaTopicDescription {
        while true {
            let left = max(ContinuousClock.now.duration(to: deadline), .milliseconds(1))
            do throws(KafkaError) {
                let description = try handle.describe(topic: topic, within: min(left, questionTime))
                let isComplete = description.partitions.allSatisfy { $0.leader != nil }
                if isComplete, !description.partitions.isEmpty { return description }
                if ContinuousClock.now >= deadline {
                    throw KafkaError(
                        code: .brokerUnavailable, reason: "The topic \(topic) has no leader.",
                        isRetriable: true)
                }
            } catch {
                let mayPass = error.code == .unknownTopic || error.isRetriable
                guard mayPass, ContinuousClock.now < deadline else { throw error }
            }
            let isStopped = stop.wait(timeout: .now() + .milliseconds(Int(pause.milliseconds)))
            if isStopped == .success { throw .cancelled }
        }
    }
}
