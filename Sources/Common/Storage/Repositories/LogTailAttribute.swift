// SPDX-License-Identifier: Apache-2.0

/// The attributes of the kept end of a run's output.
public enum LogTailAttribute {
    /// The text.
    public static let text = "text"
}
