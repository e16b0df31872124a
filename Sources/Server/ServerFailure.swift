// SPDX-License-Identifier: Apache-2.0

/// Why the program ends, with the status that says so to its caller (as in sysexits.h).
struct ServerFailure: Error {
    /// Bad input.
    static let data: Int32 = 65
    /// Something it needs is away, or taken.
    static let unavailable: Int32 = 69
    /// A fault of its own.
    static let software: Int32 = 70
    /// A setting can't be used.
    static let configuration: Int32 = 78

    let status: Int32
    let message: String
}
