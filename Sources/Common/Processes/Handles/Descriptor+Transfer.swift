// SPDX-License-Identifier: Apache-2.0

import Glibc

extension Descriptor {
    /// What a transfer that does not wait can come to.
    enum Transfer {
        case count(Int)
        /// Not now: nothing to read, or no room to write.
        case wouldBlock
        /// The end when reading, nobody at the other end when writing, or a failure: in any case
        /// there is nothing more to do here.
        case ended
    }

    /// Reads into the beginning of `buffer`.
    func read(into buffer: inout [UInt8]) -> Transfer {
        let capacity = buffer.count
        return Self.transfer {
            buffer.withUnsafeMutableBytes { Glibc.read(number, $0.baseAddress, capacity) }
        }
    }

    /// Writes `bytes` from `start` on.
    ///
    /// The thread must have blocked PIPE.
    func write(_ bytes: [UInt8], from start: Int) -> Transfer {
        Self.transfer {
            bytes.withUnsafeBytes { memory in
                let rest = UnsafeRawBufferPointer(rebasing: memory[start...])
                return Glibc.write(number, rest.baseAddress, rest.count)
            }
        }
    }

    /// Sends a whole line into a socket; to one that nobody reads any more it goes nowhere.
    func send(line: String) {
        let bytes = Array((line + "\n").utf8)
        let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        _ = Self.transfer {
            bytes.withUnsafeBytes { Glibc.send(number, $0.baseAddress, $0.count, flags) }
        }
    }

    /// Adds one to an event counter.
    func signal() {
        var one: UInt64 = 1
        _ = Glibc.write(number, &one, MemoryLayout<UInt64>.size)
    }

    /// Sets an event counter back to zero.
    func clear() {
        var count: UInt64 = 0
        _ = Glibc.read(number, &count, MemoryLayout<UInt64>.size)
    }

    private static func transfer(_ call: () -> Int) -> Transfer {
        while true {
            let count = call()
            if count > 0 { return .count(count) }
            if count == 0 { return .ended }
            if errno == EAGAIN { return .wouldBlock }
            if errno != EINTR { return .ended }
        }
    }
}
