// SPDX-License-Identifier: Apache-2.0

/// The limits in force for a workspace: the configured ones, where it has no override.
public struct Guardrails: Hashable, Codable, Sendable {
    /// The largest workspace archive accepted, in bytes; exactly that many are.
    public var maxArchiveBytes: Int64
    /// How many runs a workspace may create in a UTC day.
    public var dailyRunQuota: Int
    /// The longest a run may take, in seconds from its claim.
    public var maxRunDurationSec: Int
    /// How many runs of a workspace may execute at once.
    public var concurrencyLimit: Int
    /// The largest stored log, in bytes.
    public var maxLogBytes: Int
    /// The bound of a task's `maxTokens`.
    public var maxTokensPerRun: Int

    /// Creates limits; the defaults are the documented ones.
    public init(
        maxArchiveBytes: Int64 = 31_457_280, dailyRunQuota: Int = 50, maxRunDurationSec: Int = 480,
        concurrencyLimit: Int = 2, maxLogBytes: Int = 1_048_576, maxTokensPerRun: Int = 50_000
    ) {
        self.maxArchiveBytes = maxArchiveBytes
        self.dailyRunQuota = dailyRunQuota
        self.maxRunDurationSec = maxRunDurationSec
        self.concurrencyLimit = concurrencyLimit
        self.maxLogBytes = maxLogBytes
        self.maxTokensPerRun = maxTokensPerRun
    }

    /// These limits, with a workspace's own in their place.
    public func overridden(by overrides: GuardrailOverrides) -> Guardrails {
        Guardrails(
            maxArchiveBytes: overrides.maxArchiveBytes ?? maxArchiveBytes,
            dailyRunQuota: overrides.dailyRunQuota ?? dailyRunQuota,
            maxRunDurationSec: overrides.maxRunDurationSec ?? maxRunDurationSec,
            concurrencyLimit: overrides.concurrencyLimit ?? concurrencyLimit,
            maxLogBytes: overrides.maxLogBytes ?? maxLogBytes,
            maxTokensPerRun: overrides.maxTokensPerRun ?? maxTokensPerRun)
    }
}
