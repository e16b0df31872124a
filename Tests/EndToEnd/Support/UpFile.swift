// SPDX-License-Identifier: Apache-2.0

/// The documented members of `up.json`.
struct UpFile: Codable, Sendable {
    let api: String
    let kafka: String
    let username: String
    let password: String
    let pid: Int32
}
