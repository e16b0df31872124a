// SPDX-License-Identifier: Apache-2.0

public import Model

extension Guardrails {
    /// Reads the limits for workspaces that have none of their own.
    ///
    /// - `TLAO_MAX_ARCHIVE_BYTES` (default 31457280): the largest archive, exactly that is
    ///   accepted.
    /// - `TLAO_DAILY_RUN_QUOTA` (default 50): runs a workspace may create in a UTC day; 0 is none.
    /// - `TLAO_MAX_RUN_DURATION_SEC` (default 480): the longest a run may take.
    /// - `TLAO_CONCURRENCY_LIMIT` (default 2): runs of a workspace at once.
    /// - `TLAO_MAX_LOG_BYTES` (default 1048576): the largest stored log.
    /// - `TLAO_MAX_TOKENS_PER_RUN` (default 50000): the bound of a task's `maxTokens`.
    /// - Throws: ``ConfigurationError`` for a value that can't be used.
    public init(settings: Settings) throws(ConfigurationError) {
        let standard = Guardrails()
        self.init(
            maxArchiveBytes: Int64(
                try settings.whole("maxArchiveBytes", default: Int(standard.maxArchiveBytes))),
            dailyRunQuota: try settings.whole(
                "dailyRunQuota", default: standard.dailyRunQuota, in: 0...Int.max),
            maxRunDurationSec: try settings.whole(
                "maxRunDurationSec", default: standard.maxRunDurationSec, in: 1...86_400),
            concurrencyLimit: try settings.whole(
                "concurrencyLimit", default: standard.concurrencyLimit, in: 1...10_000),
            maxLogBytes: try settings.whole(
                "maxLogBytes", default: standard.maxLogBytes, in: 256...1_073_741_824),
            maxTokensPerRun: try settings.whole(
                "maxTokensPerRun", default: standard.maxTokensPerRun))
    }
}
