// SPDX-License-Identifier: Apache-2.0

import Model
import ServiceRuntime
import Testing

@Suite(.timeLimit(.minutes(1))) struct GuardrailSettingsTests {
    private func guardrails(_ environment: [String: String]) async throws -> Guardrails {
        try Guardrails(
            settings: Settings(
                try await ConfigurationSources.reader(
                    flags: [:], environment: environment, file: nil)))
    }

    @Test func `without settings the limits are the documented ones`() async throws {
        let limits = try await guardrails([:])
        #expect(limits == Guardrails())
        #expect(limits.maxArchiveBytes == 31_457_280)
        #expect(limits.dailyRunQuota == 50)
        #expect(limits.maxRunDurationSec == 480)
        #expect(limits.concurrencyLimit == 2)
        #expect(limits.maxLogBytes == 1_048_576)
        #expect(limits.maxTokensPerRun == 50_000)
    }

    @Test func `each limit has a variable of its own`() async throws {
        let limits = try await guardrails([
            "TLAO_MAX_ARCHIVE_BYTES": "1", "TLAO_DAILY_RUN_QUOTA": "0",
            "TLAO_MAX_RUN_DURATION_SEC": "3", "TLAO_CONCURRENCY_LIMIT": "4",
            "TLAO_MAX_LOG_BYTES": "256", "TLAO_MAX_TOKENS_PER_RUN": "6",
        ])
        #expect(limits.maxArchiveBytes == 1)
        #expect(limits.dailyRunQuota == 0)
        #expect(limits.maxRunDurationSec == 3)
        #expect(limits.concurrencyLimit == 4)
        #expect(limits.maxLogBytes == 256)
        #expect(limits.maxTokensPerRun == 6)
    }

    @Test(arguments: [
        ("TLAO_MAX_ARCHIVE_BYTES", "0"), ("TLAO_DAILY_RUN_QUOTA", "-1"),
        ("TLAO_MAX_RUN_DURATION_SEC", "86401"), ("TLAO_CONCURRENCY_LIMIT", "0"),
        ("TLAO_MAX_LOG_BYTES", "255"), ("TLAO_MAX_TOKENS_PER_RUN", "0"),
    ])
    func `a limit that can't be one is refused by name`(
        _ variable: String, _ value: String
    ) async throws {
        let error = await #expect(throws: ConfigurationError.self) {
            try await guardrails([variable: value])
        }
        #expect(error?.variable == variable)
    }
}
