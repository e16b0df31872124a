// SPDX-License-Identifier: Apache-2.0

import Access
import Testing

@Suite(.timeLimit(.minutes(2)))
struct PasswordHashTests {
    @Test func `a password verifies against its own hash and no other does`() async throws {
        let hash = try await PasswordHash.make("correct horse")
        #expect(try await PasswordHash.verify("correct horse", against: hash))
        for wrong in ["correct hors", "correct horse ", "Correct horse", ""] {
            #expect(try await !PasswordHash.verify(wrong, against: hash))
        }
    }

    @Test func `the same password has another hash each time`() async throws {
        let first = try await PasswordHash.make("secret")
        let second = try await PasswordHash.make("secret")
        #expect(first != second)
        #expect(!first.contains("secret"))
    }

    @Test func `a password of other scripts and of any length verifies`() async throws {
        for password in ["pässwörd", "密码🔑", String(repeating: "x", count: 1_024)] {
            let hash = try await PasswordHash.make(password)
            #expect(try await PasswordHash.verify(password, against: hash))
        }
    }

    /// Test vector 3 of RFC 7914, section 12, cut to the 32 bytes that are used.
    @Test func `a hash that another implementation made verifies`() async throws {
        let hash =
            "scrypt$14$8$1$U29kaXVtQ2hsb3JpZGU=$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI="
        #expect(try await PasswordHash.verify("pleaseletmein", against: hash))
        #expect(try await !PasswordHash.verify("pleaseletmeout", against: hash))
    }

    @Test(arguments: [
        "", "scrypt", "plain", "scrypt$15$8$1$AAAA", "scrypt$15$8$1$AAAA$",
        "bcrypt$15$8$1$AAAA$AAAA",
        "scrypt$99$8$1$AAAA$AAAA", "scrypt$15$0$1$AAAA$AAAA", "scrypt$x$8$1$AAAA$AAAA",
        "scrypt$15$8$1$%%%%$AAAA", "scrypt$-1$8$1$AAAA$AAAA",
    ])
    func `nothing verifies against a hash that can't be read`(_ hash: String) async throws {
        #expect(try await !PasswordHash.verify("", against: hash))
    }

    @Test func `verifying for nobody costs as much as verifying`() async throws {
        let hash = try await PasswordHash.make("secret")
        let clock = ContinuousClock()
        let somebody = try await clock.measure {
            _ = try await PasswordHash.verify("guess", against: hash)
        }
        let nobody = try await clock.measure { try await PasswordHash.verifyNobody("guess") }
        #expect(nobody > somebody / 5)
    }
}
