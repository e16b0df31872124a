// SPDX-License-Identifier: Apache-2.0

/// Bytes that don't compress, the same ones each time (xorshift64).
func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        for index in 0..<count {
            if index % 8 == 0 {
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
            }
            buffer[index] = UInt8(truncatingIfNeeded: state >> UInt64(index % 8 * 8))
        }
        initialized = count
    }
}
