// SPDX-License-Identifier: Apache-2.0

/// What an agent reported to have used; members it didn't report are nil.
public struct RunUsage: Hashable, Codable, Sendable {
    /// Credits of the agent's provider.
    public var credits: Double?
    /// Tokens read.
    public var inputTokens: Int?
    /// Tokens written.
    public var outputTokens: Int?
    /// Cost in US dollars.
    public var costUsd: Double?

    /// Creates a report.
    public init(
        credits: Double? = nil, inputTokens: Int? = nil, outputTokens: Int? = nil,
        costUsd: Double? = nil
    ) {
        self.credits = credits
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.costUsd = costUsd
    }
}
