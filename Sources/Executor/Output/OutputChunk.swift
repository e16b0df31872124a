// SPDX-License-Identifier: Apache-2.0

/// A piece of output that becomes one step.
struct OutputChunk: Hashable, Sendable {
    let stream: OutputStream
    let text: String
}
