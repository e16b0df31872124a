// SPDX-License-Identifier: Apache-2.0

/// The parameters of a signed URL, without the signature.
struct SignedParameters {
    /// What the URL allows.
    let grant: ObjectURLGrant

    /// When it stops working, in seconds since 1970.
    let expiresAt: Int64

    /// Takes what a new URL is to say.
    init(grant: ObjectURLGrant, expiresAt: Int64) {
        self.grant = grant
        self.expiresAt = expiresAt
    }

    /// Reads a whole query; nil when it is not one of the two that there are.
    init?(query: String) {
        let pairs = query.split(separator: "&", omittingEmptySubsequences: false).map { pair in
            pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        }
        guard pairs.allSatisfy({ $0.count == 2 }), pairs.last?.first == "signature" else {
            return nil
        }
        let values = pairs.map { $0[1] }
        guard let first = values.first, let expiresAt = Int64(first) else { return nil }
        switch pairs.map({ $0[0] }) {
        case ["expires", "filename", "signature"]:
            guard let fileName = PercentEncoding.decode(values[1]) else { return nil }
            grant = .download(fileName: fileName)
        case ["expires", "size", "sha256", "signature"]:
            guard let size = Int64(values[1]), let sha256 = PercentEncoding.decode(values[2])
            else { return nil }
            grant = .upload(size: size, sha256: sha256)
        default: return nil
        }
        self.expiresAt = expiresAt
    }

    /// The query, without the signature.
    var query: String {
        switch grant {
        case .download(let fileName):
            "expires=\(expiresAt)&filename=\(PercentEncoding.encode(fileName))"
        case .upload(let size, let sha256):
            "expires=\(expiresAt)&size=\(size)&sha256=\(PercentEncoding.encode(sha256))"
        }
    }

    /// The method that is signed.
    var method: String {
        switch grant {
        case .download: "GET"
        case .upload: "PUT"
        }
    }

    /// Whether a request of `method` is allowed; who may read may also ask what there is to read.
    func allows(method: String) -> Bool {
        method == self.method || (method == "HEAD" && self.method == "GET")
    }
}
