// SPDX-License-Identifier: Apache-2.0
import CCurl

extension CurlError {
    /// Translates libcurl's verdict.
    ///
    /// `detail`, libcurl's own sentence about this very transfer, is used only for the codes where
    /// it speaks of names, addresses and certificates; elsewhere it may quote what was sent.
    init(_ curlCode: CURLcode, detail: String) {
        let code = Code(curlCode)
        let reason =
            switch code {
            case .couldNotResolve, .couldNotConnect, .connectTimeout, .tls:
                detail.isEmpty ? CurlLibrary.text(of: curlCode) : detail
            case .malformedResponse: "The response is not valid HTTP."
            default: CurlLibrary.text(of: curlCode)
            }
        self.init(code, reason: reason, curlCode: CurlCode(rawValue: Int32(curlCode.rawValue)))
    }
}

extension CurlError.Code {
    fileprivate init(_ code: CURLcode) {
        self =
            switch code {
            case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED: .invalidRequest
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .couldNotResolve
            case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED: .couldNotConnect
            // The only time limit that is left to libcurl.
            case CURLE_OPERATION_TIMEDOUT: .connectTimeout
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
                CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE,
                CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_NOTFOUND,
                CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED:
                .tls
            case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR,
                CURLE_SEND_FAIL_REWIND:
                .connectionLost
            // 1 is what libcurl says of an answer without a status line, 43 of a header line
            // without a colon; the request's own scheme and options were checked before.
            case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING,
                CURLE_BAD_FUNCTION_ARGUMENT, CURLE_HTTP2, CURLE_WRITE_ERROR:
                .malformedResponse
            case CURLE_TOO_MANY_REDIRECTS: .tooManyRedirects
            case CURLE_ABORTED_BY_CALLBACK: .cancelled
            default: .library
            }
    }
}
