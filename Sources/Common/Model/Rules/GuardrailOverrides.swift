// SPDX-License-Identifier: Apache-2.0

/// Where a workspace's limits differ from the configured ones; nil is no difference.
public struct GuardrailOverrides: Hashable, Codable, Sendable {
    /// In place of ``Guardrails/maxArchiveBytes``.
    public var maxArchiveBytes: Int64?
    /// In place of ``Guardrails/dailyRunQuota``.
    public var dailyRunQuota: Int?
    /// In place of ``Guardrails/maxRunDurationSec``.
    public var maxRunDurationSec: Int?
    /// In place of ``Guardrails/concurrencyLimit``.
    public var concurrencyLimit: Int?
    /// In place of ``Guardrails/maxLogBytes``.
    public var maxLogBytes: Int?
    /// In place of ``Guardrails/maxTokensPerRun``.
    public var maxTokensPerRun: Int?

    /// Creates overrides.
    public init(
        maxArchiveBytes: Int64? = nil, dailyRunQuota: Int? = nil, maxRunDurationSec: Int? = nil,
        concurrencyLimit: Int? = nil, maxLogBytes: Int? = nil, maxTokensPerRun: Int? = nil
    ) {
        self.maxArchiveBytes = maxArchiveBytes
        self.dailyRunQuota = dailyRunQuota
        self.maxRunDurationSec = maxRunDurationSec
        self.concurrencyLimit = concurrencyLimit
        self.maxLogBytes = maxLogBytes
        self.maxTokensPerRun = maxTokensPerRun
    }
}
