// SPDX-License-Identifier: Apache-2.0

/// Bounds what a partition holds.
public struct KafkaWatermarks: Sendable, Hashable {
    /// The offset of the oldest record that is kept.
    public let low: Int64

    /// The offset that the next record will get.
    public let high: Int64

    /// Bounds a partition.
    public init(low: Int64, high: Int64) {
        self.low = low
        self.high = high
    }
}
