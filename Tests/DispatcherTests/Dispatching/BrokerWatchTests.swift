// SPDX-License-Identifier: Apache-2.0

import Model
import Testing

@testable import Dispatcher

@Suite(.timeLimit(.minutes(1))) struct BrokerWatchTests {
    /// Seconds of the only heartbeat, whether Kafka can be reached, seconds now, and what follows.
    @Test(arguments: [
        (Int?.none, true, 1, BrokerState.Channel.kafka, false), (nil, true, 20, .table, false),
        (nil, false, 1, .closed, true), (nil, false, 20, .table, true),
        (5, true, 14, .kafka, false), (5, true, 15, .closed, true), (5, true, 25, .table, true),
        (5, true, 105, .table, false), (5, false, 105, .table, true), (5, false, 6, .closed, true),
    ])
    func `silence makes Kafka the suspect, and then leads to the table`(
        heard: Int?, isReachable: Bool, now: Int, channel: BrokerState.Channel, isSuspect: Bool
    ) {
        var watch = BrokerWatch(timing: PipelineTiming(), at: .zero)
        if let heard { watch.heard(at: .seconds(heard)) }
        #expect(
            watch.state(isReachable: isReachable, at: .seconds(now))
                == BrokerState(channel: channel, isSuspect: isSuspect))
    }
}
