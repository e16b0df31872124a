// SPDX-License-Identifier: Apache-2.0

/// The first user's name and password, kept in the data folder for its owner.
struct Credentials: Codable, Sendable {
    let username: String
    let password: String
}
