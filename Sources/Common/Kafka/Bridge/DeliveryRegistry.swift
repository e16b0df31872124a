// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Knows who waits for the report on which message.
///
/// librdkafka carries a number instead of a pointer, so that no context can leak or dangle: what
/// it never reports on is still here when the client ends.
final class DeliveryRegistry: Sendable {
    typealias Report = @Sendable (Result<KafkaDelivery, KafkaError>) -> Void

    private struct State {
        var reports: [UInt: Report] = [:]
        var next: UInt = 1
    }

    private let state = Mutex(State())

    var isEmpty: Bool { state.withLock { $0.reports.isEmpty } }

    /// Registers before the message is handed over: its report may come before that call returns.
    func add(_ report: @escaping Report) -> UInt {
        state.withLock { state in
            defer { state.next &+= 1 }
            state.reports[state.next] = report
            return state.next
        }
    }

    /// Takes back the registration of a message that librdkafka refused: no report will come.
    func remove(_ number: UInt) {
        state.withLock { _ = $0.reports.removeValue(forKey: number) }
    }

    /// Reports a message's fate, once.
    func report(_ number: UInt, _ outcome: Result<KafkaDelivery, KafkaError>) {
        state.withLock { $0.reports.removeValue(forKey: number) }?(outcome)
    }

    /// Fails every message that is still waited for.
    func failAll(_ error: KafkaError) {
        let reports = state.withLock { state in
            defer { state.reports.removeAll() }
            return state.reports.values.map { $0 }
        }
        for report in reports { report(.failure(error)) }
    }
}
