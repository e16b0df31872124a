// SPDX-License-Identifier: Apache-2.0

/// The version that `tlao --version` tells.
enum ProductVersion {
    static let text = "0.1.0"
}
