// SPDX-License-Identifier: Apache-2.0

/// Which of its two streams an agent wrote to, as steps name it.
enum OutputStream: String, CaseIterable, Sendable {
    case standardOutput = "stdout"
    case standardError = "stderr"
}
