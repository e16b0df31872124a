// SPDX-License-Identifier: Apache-2.0

/// How often a ``FaultInjectingTable`` fails by itself.
public struct TableFaultRates: Sendable {
    /// Never.
    public static let none = TableFaultRates()

    /// The share of calls, from 0 to 1, that meet each fault; together at most 1.
    public var shares: [TableFault: Double]

    /// Creates rates; a fault that is left out does not happen.
    public init(_ shares: [TableFault: Double] = [:]) { self.shares = shares }

    /// Gives every fault the same share of the calls.
    public static func each(_ share: Double) -> TableFaultRates {
        TableFaultRates(
            Dictionary(uniqueKeysWithValues: TableFault.allCases.map { ($0, share) }))
    }

    /// Picks a fault by a number from 0 to 1, nil when it is above the sum of the shares.
    func fault(at point: Double, among faults: [TableFault]) -> TableFault? {
        var sum = 0.0
        for fault in faults {
            sum += shares[fault] ?? 0
            if point < sum { return fault }
        }
        return nil
    }
}
