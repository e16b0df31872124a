// SPDX-License-Identifier: Apache-2.0
import Curl

/// Lends a client that is closed afterwards, also when `body` throws.
func withClient<Value: Sendable>(
    _ configure: @Sendable (inout CurlConfiguration) -> Void = { _ in },
    _ body: @Sendable (CurlClient) async throws -> Value
) async throws -> Value {
    var configuration = CurlConfiguration()
    configure(&configuration)
    let client = try CurlClient(configuration)
    do {
        let value = try await body(client)
        await client.close()
        return value
    } catch {
        await client.close()
        throw error
    }
}

extension CurlRequest {
    /// A request that leaves the machine's proxy settings alone.
    static func direct(
        _ method: CurlMethod = .get, _ url: String, headers: CurlHeaders = [:],
        body: CurlRequestBody = .none
    ) -> CurlRequest {
        var request = CurlRequest(method, url, headers: headers, body: body)
        request.proxy = .direct
        return request
    }
}

extension CurlResponse {
    /// The whole body as text.
    func text() async throws -> String {
        String(decoding: try await body.collect(upTo: 1 << 20), as: UTF8.self)
    }
}
