// SPDX-License-Identifier: Apache-2.0

extension CurlRequest {
    /// Refuses what can't be sent, or what would mean something else on the wire than here.
    ///
    /// Throws `invalidRequest`, naming the part at fault but never a value.
    func validate() throws(CurlError) {
        try validateMethod()
        try validateURL()
        for field in headers { try validate(field) }
        if method == .head, bodyLength != 0 {
            throw .invalid("HEAD carries no body.")
        }
        if case .stream(let length?, _) = body.content, length < 0 {
            throw .invalid("The body's length is negative.")
        }
        if case .url(let proxy) = proxy, proxy.isEmpty || !proxy.utf8.allSatisfy(\.isVisible) {
            throw .invalid("The proxy's URL has a byte that is not visible ASCII.")
        }
        if let file = tls.authoritiesFile, file.isEmpty || file.utf8.contains(0) {
            throw .invalid("The file of TLS authorities has no valid name.")
        }
    }

    /// How many bytes the body has, `nil` where only its end will tell.
    var bodyLength: Int64? {
        switch body.content {
        case .none: 0
        case .bytes(let bytes): Int64(bytes.count)
        case .stream(let length, _): length
        }
    }

    /// Whether `100 Continue` is asked for.
    ///
    /// libcurl by itself does so for every PUT, and for POST over this length; a small body is sent
    /// sooner than a server could refuse it.
    var expectsContinue: Bool {
        continueTimeout != nil && bodyLength.map { $0 > 1 << 20 } ?? true
    }

    /// Whether libcurl makes this field itself, with the very value that was given.
    func isMadeByCurl(_ field: CurlHeaders.Field) -> Bool {
        field.name.lowercased() == "content-length"
    }

    private func validateMethod() throws(CurlError) {
        guard method.rawValue.isToken else {
            throw .invalid("The method is not a token.")
        }
        guard method.rawValue != "CONNECT" else {
            throw .invalid("CONNECT is not a request of its own.")
        }
    }

    private func validateURL() throws(CurlError) {
        guard url.utf8.allSatisfy(\.isVisible) else {
            throw .invalid("The URL has a byte that is not visible ASCII.")
        }
        let lowercase = url.lowercased()
        guard lowercase.hasPrefix("http://") || lowercase.hasPrefix("https://") else {
            throw .invalid("The URL is neither http nor https.")
        }
        let afterScheme = url.drop { $0 != ":" }.dropFirst(3)
        let authority = afterScheme.prefix { !"/?#".contains($0) }
        guard !authority.isEmpty else { throw .invalid("The URL names no host.") }
        guard !authority.contains("@") else {
            throw .invalid("The URL carries credentials; they belong into a header.")
        }
    }

    private func validate(_ field: CurlHeaders.Field) throws(CurlError) {
        guard field.name.isToken else {
            throw .invalid("The name of a header is not a token.")
        }
        guard field.value.utf8.allSatisfy(\.isFieldContent) else {
            throw .invalid("The value of the header \(field.name) has a control character.")
        }
        switch field.name.lowercased() {
        case "content-length" where bodyLength.map(String.init) != field.value:
            throw .invalid("Content-Length is not the length of the body.")
        case "transfer-encoding", "expect":
            throw .invalid("\(field.name) is made by the client itself.")
        default: break
        }
    }
}

extension CurlError {
    fileprivate static func invalid(_ reason: String) -> CurlError {
        CurlError(.invalidRequest, reason: reason)
    }
}

extension String {
    /// Whether it is a token (RFC 9110, section 5.6.2).
    fileprivate var isToken: Bool {
        !isEmpty && utf8.allSatisfy(\.isTokenByte)
    }
}

extension UInt8 {
    fileprivate var isTokenByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }

    /// Whether it is printed, and no blank.
    fileprivate var isVisible: Bool { (0x21...0x7E).contains(self) }

    /// Whether it may stand in a field's value (RFC 9110, section 5.5): no control but the tab.
    fileprivate var isFieldContent: Bool { self == 0x09 || (self >= 0x20 && self != 0x7F) }
}
