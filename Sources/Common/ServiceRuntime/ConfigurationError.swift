// SPDX-License-Identifier: Apache-2.0

/// Says which setting can't be used, and what would be right; its text is for the operator who set
/// it.
public struct ConfigurationError: Error, CustomStringConvertible {
    /// The setting, as an environment variable.
    public let variable: String
    /// What is wrong and what would be right.
    public let reason: String

    /// Creates an error.
    public init(_ variable: String, _ reason: String) {
        self.variable = variable
        self.reason = reason
    }

    /// The setting and what is wrong with it.
    public var description: String { "\(variable): \(reason)" }
}
