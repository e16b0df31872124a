// SPDX-License-Identifier: Apache-2.0
import Curl
import Testing

/// Lets time pass on the client's own thread, by a request to a silent server that runs into its
/// deadline: what the thread would have done by then, it has done.
func letPass(_ time: Duration, on client: CurlClient) async throws {
    try await withRawServer { connection in
        await connection.readToEnd()
    } _: { server in
        var request = CurlRequest.direct(.get, server.url)
        request.deadline = time
        let silent = request
        try await expect(.deadlineExceeded) { _ = try await client.perform(silent) }
    }
}
