// SPDX-License-Identifier: Apache-2.0

/// The attributes of a workspace's count of runs on a day.
public enum QuotaAttribute {
    /// How many runs were created.
    public static let count = "count"
}
