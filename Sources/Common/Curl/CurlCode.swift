// SPDX-License-Identifier: Apache-2.0

/// The number by which libcurl names a failure.
///
/// The numbers are listed at <https://curl.se/libcurl/c/libcurl-errors.html>; decide by
/// `CurlError.Code`, and keep this for a log.
public struct CurlCode: RawRepresentable, Hashable, Sendable {
    /// The `CURLcode`, for example 7 for a refused connection.
    public let rawValue: Int32

    /// Wraps a `CURLcode`.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }
}
