// SPDX-License-Identifier: Apache-2.0

/// What a running `up` says of itself in `up.json`, for clients on the same machine.
struct UpFile: Codable, Sendable {
    let api: String
    let kafka: String
    let username: String
    let password: String
    let pid: Int32
}
