// SPDX-License-Identifier: Apache-2.0

import FolderStorage
import PropertyTesting
import Storage
import TestSupport
import Testing

/// Signed URLs: what is signed is granted, and nothing else is.
@Suite(.timeLimit(.minutes(2))) struct ObjectURLSignerTests {
    private struct Signed: Sendable {
        var secret: [UInt8]
        var key: String
        var grant: ObjectURLGrant
        var expiresAt: Int64

        var method: String {
            if case .download = grant { return "GET" }
            return "PUT"
        }

        var query: String {
            ObjectURLSigner(key: secret).query(key: key, grant: grant, expiresAt: expiresAt)
        }
    }

    @Test func `Property 10: a signed URL grants what was signed until it expires`() async {
        await checkProperty("Property 10: signed URLs grant", Self.signed) { signed in
            let signer = ObjectURLSigner(key: signed.secret)
            for now in [0, signed.expiresAt - 1] {
                let grant = try signer.verify(
                    method: signed.method, key: signed.key, query: signed.query, now: now)
                try requireEqual(grant, signed.grant)
            }
            for now in [signed.expiresAt, signed.expiresAt + 1, .max] {
                try await Self.requireForbidden(signed, now: now)
            }
        }
    }

    @Test func `Property 10: a signed URL that was altered in any way is refused`() async {
        let cases = zip(Self.signed, .integer(in: 0...1_000_000), .integer(in: 1...255))
        await checkProperty("Property 10: altered URLs", cases: 300, cases) { original, place, by in
            var bytes = Array(original.query.utf8)
            let position = place % bytes.count
            bytes[position] ^= UInt8(by)
            try await Self.requireForbidden(original, query: String(decoding: bytes, as: UTF8.self))
            try await Self.requireForbidden(
                original, query: String(original.query.dropLast(place % bytes.count + 1)))
            try await Self.requireForbidden(original, query: original.query + "&x=1")
            try await Self.requireForbidden(original, query: original.query + "0")
            try await Self.requireForbidden(original, key: original.key + "x")
            try await Self.requireForbidden(
                original, method: original.method == "GET" ? "PUT" : "GET")
            var other = original
            other.secret.append(1)
            try await Self.requireForbidden(original, query: other.query)
            other = original
            other.expiresAt += 1
            let signature = original.query.split(separator: "signature=")[1]
            let unsigned = other.query.split(separator: "signature=")[0]
            try await Self.requireForbidden(original, query: "\(unsigned)signature=\(signature)")
        }
    }

    @Test(arguments: [
        "", "expires=2000", "signature=", "expires=2000&signature=", "expires=2000&filename=f",
        "expires=2000&filename=f&signature=00", "expires=x&filename=f&signature=00",
        "filename=f&expires=2000&signature=00", "expires=2000&filename=%zz&signature=00",
        "expires=2000&size=1&signature=00", "expires=2000&filename=%&signature=%",
        "expires=99999999999999999999&filename=f&signature=00", "&&&", "=&=&=", "%", "a=b=c",
        "expires=2000&filename=%FF&signature=00",
    ])
    func `a query that nobody signed is refused`(query: String) async {
        await expectObjectStoreError(.forbidden) {
            _ = try ObjectURLSigner(key: [1]).verify(method: "GET", key: "k", query: query, now: 0)
        }
    }

    @Test func `the same parameters written otherwise are refused`() async throws {
        let signer = ObjectURLSigner(key: [1])
        let query = signer.query(
            key: "k", grant: .download(fileName: "a b/ü"), expiresAt: 2_000)
        #expect(query.hasPrefix("expires=2000&filename=a%20b%2F%C3%BC&signature="))
        let variants = [
            query.replacing("%2F", with: "%2f"), query.replacing("%2F", with: "/"),
            query.replacing("%20", with: "+"), query.replacing("a%20", with: "%61%20"),
            query.replacing("=2000", with: "=+2000"), query.replacing("=2000", with: "=02000"),
            query + "&", "&" + query, query.replacing("&filename", with: "&&filename"),
        ]
        for variant in variants {
            await expectObjectStoreError(.forbidden) {
                _ = try signer.verify(method: "GET", key: "k", query: variant, now: 0)
            }
        }
        #expect(
            try signer.verify(method: "HEAD", key: "k", query: query, now: 0)
                == .download(fileName: "a b/ü"))
    }

    @Test func `a store's URLs carry address, key and expiry, and its signer takes them`()
        async throws
    {
        let signer = ObjectURLSigner(key: Array("secret".utf8))
        try await withFolderStore(
            signer: signer, publicURL: { "https://codex.example:8443/" },
            now: { 1_000_500 }
        ) { store, _ in
            let download = try await store.downloadURL("a/b", fileName: "x", validFor: 60)
            let upload = try await store.uploadURL(
                "a/c", size: 5, sha256: sha256([1]), validFor: 900)
            #expect(download.expiresAt == 1_060_000)
            #expect(upload.expiresAt == 1_900_000)
            #expect(upload.headers.isEmpty)
            let parts = download.url.split(separator: "?")
            #expect(parts.first == "https://codex.example:8443/objects/a/b")
            let query = String(try #require(parts.last))
            #expect(
                try signer.verify(method: "GET", key: "a/b", query: query, now: 1_059)
                    == .download(fileName: "x"))
            let uploadQuery = String(try #require(upload.url.split(separator: "?").last))
            #expect(
                try signer.verify(method: "PUT", key: "a/c", query: uploadQuery, now: 1_000)
                    == .upload(size: 5, sha256: sha256([1])))
        }
    }

    private static let signed = Generator<Signed> { choices in
        let isUpload = try choices.draw(.boolean)
        let grant: ObjectURLGrant =
            isUpload
            ? .upload(
                size: try choices.draw(.integer(in: 0...Int64.max)),
                sha256: sha256(try choices.draw(.bytes(count: 0...4))))
            : .download(fileName: try choices.draw(.unicode(count: 0...20)))
        return Signed(
            secret: try choices.draw(.bytes(count: 1...40)),
            key: try choices.draw(Generator<String>.identifier(count: 1...9).array(count: 1...4))
                .joined(separator: "/"),
            grant: grant, expiresAt: try choices.draw(.integer(in: 1...4_000_000_000)))
    }

    private static func requireForbidden(
        _ signed: Signed, method: String? = nil, key: String? = nil, query: String? = nil,
        now: Int64 = 0
    ) async throws {
        let error = try await requireThrows(ObjectStoreError.self) {
            _ = try ObjectURLSigner(key: signed.secret).verify(
                method: method ?? signed.method, key: key ?? signed.key,
                query: query ?? signed.query, now: now)
        }
        try requireEqual(error.code, .forbidden)
    }
}
