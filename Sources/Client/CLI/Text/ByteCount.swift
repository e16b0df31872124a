// SPDX-License-Identifier: Apache-2.0

/// Sizes as people read them.
enum ByteCount {
    private static let units = ["KiB", "MiB", "GiB", "TiB"]

    /// The size with one decimal in the largest unit of which it has at least one.
    static func text(_ bytes: Int64) -> String {
        guard bytes >= 1_024 else { return "\(bytes) B" }
        var tenths = bytes
        var unit = -1
        while tenths >= 1_024, unit < units.count - 1 {
            unit += 1
            if tenths < 1_024 * 1_024 || unit == units.count - 1 {
                tenths = (tenths * 10 + 512) / 1_024
                // Rounding up may reach the next unit: 1023.96 KiB is 1.0 MiB.
                guard tenths >= 10_240, unit < units.count - 1 else { break }
                unit += 1
                tenths = 10
                break
            }
            tenths /= 1_024
        }
        return "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
