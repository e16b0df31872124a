// SPDX-License-Identifier: Apache-2.0

/// A status and its fields, complete up to the blank line.
struct ResponseHead: Sendable, Equatable {
    var status: Int
    var headers: CurlHeaders
}
