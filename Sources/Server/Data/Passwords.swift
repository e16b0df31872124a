// SPDX-License-Identifier: Apache-2.0

/// Passwords on their way in.
enum Passwords {
    /// Makes a password of 120 random bits in letters and digits that can't be mistaken for each
    /// other.
    static func make() -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789")
        var generator = SystemRandomNumberGenerator()
        return String((0..<24).map { _ in alphabet[Int.random(in: 0..<32, using: &generator)] })
    }

    /// Reads a password from the first line of standard input.
    static func readLine() throws -> String {
        guard let line = Swift.readLine(strippingNewline: true), (8...1_024).contains(line.count)
        else {
            throw ServerFailure(
                status: ServerFailure.data,
                message: "The password on standard input must have 8 to 1 024 characters.")
        }
        return line
    }
}
