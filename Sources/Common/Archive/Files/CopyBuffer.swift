// SPDX-License-Identifier: Apache-2.0

/// Owns the memory that files are copied through, until it is released; used by one thread.
final class CopyBuffer {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)

    deinit {
        bytes.deallocate()
    }
}
