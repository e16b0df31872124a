// SPDX-License-Identifier: Apache-2.0

import API
import Model
import SystemPackage
import TlaoSDK

extension CommandFailure {
    /// Says what a refusal of the API, or its absence, means at `address`.
    init(_ error: TlaoError, address: String) {
        let (code, advice) = Self.meaning(of: error, address: address)
        self.init(
            code, Self.reason(for: error, address: address),
            advice: error.details.map { "\($0.field): \($0.reason)" } + advice,
            correlationID: error.correlationID, cause: error)
    }

    /// Says why a folder can't be packed.
    init(_ error: PackagingError) {
        switch error.code {
        case .cancelled: self.init(.interrupted, error.reason, cause: error)
        case .writingFailed: self.init(.internal, error.reason, cause: error)
        case .gitMissing:
            self.init(
                .badInput, error.reason, advice: ["Install git and try again."], cause: error)
        default: self.init(.badInput, error.reason, cause: error)
        }
    }

    /// Says why a file of this machine can't be used.
    init(_ error: Errno, _ action: String, _ path: FilePath) {
        let code: ExitStatus =
            switch error {
            case .noSuchFileOrDirectory, .notDirectory: .notFound
            case .permissionDenied, .isDirectory, .fileExists, .tooManySymbolicLinkLevels:
                .badInput
            default: .internal
            }
        self.init(code, "Can't \(action) '\(path)': \(error).", cause: error)
    }

    private static func reason(for error: TlaoError, address: String) -> String {
        switch error.code {
        case .unreachable, .timedOut, .tls:
            "Can't reach TLÁO Codex at \(address): \(error.message)"
        case .unexpectedAnswer where error.status == nil || error.status == 404:
            "What answers at \(address) is not TLÁO Codex: \(error.message)"
        default: error.message
        }
    }

    private static func meaning(
        of error: TlaoError, address: String
    ) -> (ExitStatus, [String]) {
        switch error.code {
        case .unreachable, .timedOut: return (.unreachable, unreachableAdvice)
        case .tls:
            return (
                .unreachable,
                ["Check the address (--api) and that this machine trusts the certificate."]
            )
        case .cancelled: return (.interrupted, [])
        case .contentMismatch: return (.badInput, [])
        case .localFile: return (.internal, [])
        case .unexpectedAnswer:
            return (.unreachable, ["Check the address: --api URL or TLAO_API_URL."])
        default: return meaning(ofStatus: error)
        }
    }

    private static func meaning(ofStatus error: TlaoError) -> (ExitStatus, [String]) {
        switch error.status {
        case 401: return (.denied, ["Sign in: tlao login"])
        case 403: return (.denied, ["Who am I: tlao whoami. My workspaces: tlao workspace list"])
        case 404: return (.notFound, [])
        case 429:
            let pause = error.retryAfter.map { ["Try again in \($0) s."] } ?? []
            return (.limited, pause)
        case 400, 405, 409, 411, 413, 415, 422: return (.badInput, noExecutorAdvice(error))
        case 502, 503, 504: return (.unreachable, ["Try again in a moment."])
        default: return (.internal, ["Its log has more, under the correlation id."])
        }
    }

    private static func noExecutorAdvice(_ error: TlaoError) -> [String] {
        guard error.code == TlaoError.Code(ErrorCode.noExecutor) else { return [] }
        return [
            "What is registered: tlao executor list",
            "Register one (admin): tlao executor register FILE.json",
        ]
    }

    private static let unreachableAdvice = [
        "Is it running? Start one on this machine: tlao-codex up",
        "Another address: --api URL or TLAO_API_URL.",
    ]
}
