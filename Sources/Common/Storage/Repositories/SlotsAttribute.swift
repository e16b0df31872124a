// SPDX-License-Identifier: Apache-2.0

/// The attributes of a workspace's slots.
public enum SlotsAttribute {
    /// The set of runs that hold a slot: its size is the number of slots taken.
    public static let runIDs = "ids"
}
