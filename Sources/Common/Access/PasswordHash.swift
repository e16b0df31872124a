// SPDX-License-Identifier: Apache-2.0

import Crypto
import CryptoExtras
import Dispatch
import FoundationEssentials

/// Hashes passwords so that guessing one costs as much as it can: scrypt (RFC 7914), N = 2¹⁵, r =
/// 8, p = 1, about 32 MiB and a tenth of a second each.
///
/// A hash is text of the form `scrypt$15$8$1$salt$key` (base64), so that the cost can be raised
/// later.
public enum PasswordHash {
    private static let logRounds = 15
    private static let blockSize = 8
    private static let keyBytes = 32

    /// Where the costly derivations are done, one after the other: several at once would only take
    /// memory from each other, and none may hold up Swift's cooperative threads.
    private static let queue = DispatchQueue(label: "tlao.password-hash")

    /// Hashes a password under a new salt.
    ///
    /// - Throws: An error when the derivation fails.
    public static func make(_ password: String) async throws -> String {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let key = try await derive(
            password, salt, logRounds: logRounds, blockSize: blockSize, parallelism: 1)
        let (saltText, keyText) = (
            Data(salt).base64EncodedString(), Data(key).base64EncodedString()
        )
        return "scrypt$\(logRounds)$\(blockSize)$1$\(saltText)$\(keyText)"
    }

    /// Whether `password` is the one that `hash` was made from; false for a hash that can't be
    /// read.
    ///
    /// - Throws: An error when the derivation fails.
    public static func verify(_ password: String, against hash: String) async throws -> Bool {
        let parts = hash.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let logRounds = Int(parts[1]),
            (10...20).contains(logRounds), let blockSize = Int(parts[2]),
            (1...32).contains(blockSize),
            let parallelism = Int(parts[3]), (1...16).contains(parallelism),
            let salt = Data(base64Encoded: parts[4]), let expected = Data(base64Encoded: parts[5])
        else { return false }
        let key = try await derive(
            password, Array(salt), logRounds: logRounds, blockSize: blockSize,
            parallelism: parallelism)
        return isEqual(key, Array(expected))
    }

    /// Does what a verification does, for nobody: an unknown name must cost as much as a wrong
    /// password.
    ///
    /// - Throws: An error when the derivation fails.
    public static func verifyNobody(_ password: String) async throws {
        let salt = [UInt8](repeating: 0, count: 16)
        _ = try await derive(
            password, salt, logRounds: logRounds, blockSize: blockSize, parallelism: 1)
    }

    private static func derive(
        _ password: String, _ salt: [UInt8], logRounds: Int, blockSize: Int, parallelism: Int
    ) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result {
                        let key = try KDF.Scrypt.deriveKey(
                            from: Array(password.utf8), salt: salt, outputByteCount: keyBytes,
                            rounds: 1 << logRounds, blockSize: blockSize, parallelism: parallelism)
                        // The only way to a key's bytes; they are copied before the pointer ends.
                        return unsafe key.withUnsafeBytes { unsafe Array($0) }
                    })
            }
        }
    }

    /// Compares in a time that doesn't depend on where the two differ.
    private static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
