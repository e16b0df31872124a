// SPDX-License-Identifier: Apache-2.0

import Curl
import Model

/// Sends requests and turns answers into values or errors.
struct Transport: Sendable {
    /// The most bytes of an answer that is read into memory.
    static let answerLimit = 64 << 20

    /// For how long an answer may take to begin and to end.
    static let deadline: Duration = .seconds(60)

    let address: String
    let token: String?
    let curl: CurlClient

    init(address: String, token: String?) throws(TlaoError) {
        var address = address
        while address.hasSuffix("/") { address.removeLast() }
        guard address.hasPrefix("http://") || address.hasPrefix("https://"), address.utf8.count > 8,
            !address.contains("?"), !address.contains("#")
        else {
            throw TlaoError(
                .unreachable, message: "\"\(address)\" is not an http:// or https:// address.",
                request: "")
        }
        self.address = address
        self.token = token
        do {
            curl = try CurlClient()
        } catch {
            throw TlaoError(transfer: error, request: "")
        }
    }

    func close() async {
        await curl.close()
    }

    /// Sends a JSON request and answers the body of a success.
    func call(
        _ method: CurlMethod, _ path: String, query: [(String, String?)] = [],
        body: (any Encodable & Sendable)? = nil
    ) async throws -> [UInt8] {
        var request = request(method, path, query: query)
        if let body {
            request.body = .bytes(try JSONText.bytes(body))
            request.headers.append(name: "Content-Type", value: "application/json")
        }
        request.deadline = Self.deadline
        // libcurl sends a request again when a kept connection turns out to be dead. What creates
        // something must not be sent twice.
        request.reusesConnection = method != .post
        let name = "\(method.rawValue) \(path)"
        let response = try await perform(request, name: name)
        return try await collect(response, name: name)
    }

    /// Sends a JSON request and reads the answer as a value.
    func call<Answer: Decodable>(
        _ method: CurlMethod, _ path: String, query: [(String, String?)] = [],
        body: (any Encodable & Sendable)? = nil, as type: Answer.Type = Answer.self
    ) async throws -> Answer {
        let bytes = try await call(method, path, query: query, body: body)
        do {
            return try JSONText.decode(Answer.self, from: bytes)
        } catch {
            throw TlaoError(
                .unexpectedAnswer, message: "The server's answer is not of the API's form.",
                request: "\(method.rawValue) \(path)", cause: error)
        }
    }

    /// A request to the API, with the token.
    func request(_ method: CurlMethod, _ path: String, query: [(String, String?)] = [])
        -> CurlRequest
    {
        let given = query.compactMap { name, value in value.map { "\(name)=\(Self.escaped($0))" } }
        let url = address + path + (given.isEmpty ? "" : "?" + given.joined(separator: "&"))
        var request = CurlRequest(method, url)
        request.headers.append(name: "Accept", value: "application/json")
        if let token { request.headers.append(name: "Authorization", value: "Bearer \(token)") }
        return request
    }

    func perform(_ request: CurlRequest, name: String) async throws(TlaoError) -> CurlResponse {
        var request = request
        // No proxy can reach what only this machine can; few people list it in NO_PROXY.
        if Self.isLoopback(request.url) { request.proxy = .direct }
        do {
            return try await curl.perform(request)
        } catch {
            throw TlaoError(transfer: error, request: name)
        }
    }

    /// Reads an answer's body; any status but a success is thrown.
    func collect(_ response: CurlResponse, name: String) async throws(TlaoError) -> [UInt8] {
        let body: [UInt8]
        do {
            body = try await response.body.collect(upTo: Self.answerLimit)
        } catch {
            throw TlaoError(transfer: error, request: name)
        }
        guard (200..<300).contains(response.status) else {
            throw TlaoError(answer: response, body: body, request: name)
        }
        return body
    }

    /// Whether a URL leads to this machine itself (RFC 5735, section 3; RFC 6761, section 6.3).
    static func isLoopback(_ url: String) -> Bool {
        guard let scheme = url.firstRange(of: "://") else { return false }
        let authority = url[scheme.upperBound...].prefix { !"/?#".contains($0) }.lowercased()
        if authority.hasPrefix("[") { return authority.hasPrefix("[::1]") }
        let host = authority.prefix { $0 != ":" }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isAddress = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || isAddress && parts[0] == "127"
    }

    /// Percent-encodes everything that isn't unreserved (RFC 3986, section 2.3).
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        return escaped
    }
}
