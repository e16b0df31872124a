// SPDX-License-Identifier: Apache-2.0

/// Bodies of the API as its server could write them: with members that nobody knows, and spaces.
enum Documents {
    static func workspace(_ id: String = FakeAPI.workspace, maxArchiveBytes: Int = 31_457_280)
        -> String
    {
        """
        {"workspaceId": "\(id)", "name": "default", "ownerId": "\(id)", "guardrails": \
        {"maxArchiveBytes":\(maxArchiveBytes),"dailyRunQuota":50,"maxRunDurationSec":480,\
        "concurrencyLimit":2,"maxLogBytes":1048576,"maxTokensPerRun":50000}, "later": {"x":1},\
        "createdAt":"2026-01-01T00:00:00.000Z","updatedAt":"2026-01-01T00:00:00.000Z"}
        """
    }

    static func run(
        _ status: String, title: String = "Do it", error: String = "null", warnings: String = "[]",
        waitingFor: String = "null"
    ) -> String {
        """
        {"runId":"\(FakeAPI.run)", "taskId":"\(FakeAPI.task)",\
        "workspaceId":"\(FakeAPI.workspace)","taskType":"code.change","title":"\(title)",\
        "executorName":"demo-agent","status":"\(status)","waitingFor":\(waitingFor),\
        "createdAt":"2026-01-01T00:00:00.000Z","startedAt":"2026-01-01T00:00:01.000Z",\
        "completedAt":"2026-01-01T00:00:13.500Z","artifactIds":[],"archiveId":null,\
        "error":\(error),"warnings":\(warnings),"cancelRequestedAt":null,"logsTruncated":false,\
        "logUrl":null,"lastSequence":3,"retryOf":null,"priority":5,"usage":null, "later":[1, 2]}
        """
    }

    static func artifact(
        name: String, size: Int, sha256: String, url: String = "null"
    ) -> String {
        """
        {"artifactId":"\(FakeAPI.artifact)","runId":"\(FakeAPI.run)",\
        "workspaceId":"\(FakeAPI.workspace)","artifactType":"code_change","fileName":"\(name)",\
        "mediaType":"text/plain","s3Key":"k","size":\(size),"sha256":"\(sha256)",\
        "status":"stored", "createdAt":"2026-01-01T00:00:00.000Z","downloadUrl":\(url),\
        "expiresAt":null}
        """
    }

    static func page(_ items: String..., next: String? = nil) -> String {
        let cursor = next.map { "\"\($0)\"" } ?? "null"
        return "{\"items\": [\(items.joined(separator: ", "))], \"nextCursor\": \(cursor)}"
    }

    static let identity =
        #"{"userId":"0190a000-0000-7000-8000-0000000000e1","username":"admin","role":"admin"}"#

    static let login = """
        {"token":"fresh-token","tokenType":"Bearer","expiresAt":"2099-01-01T00:00:00.000Z",\
        "userId":"0190a000-0000-7000-8000-0000000000e1"}
        """
}
