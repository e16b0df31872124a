// SPDX-License-Identifier: Apache-2.0

import Glibc
import SystemPackage

/// A port of the loopback interface that nobody listens on just now.
func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Errno(rawValue: errno) }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer -> Int32 in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic -> Int32 in
            guard bind(descriptor, generic, length) == 0 else {
                return -1
            }
            return getsockname(descriptor, generic, &length)
        }
    }
    guard status == 0 else { throw Errno(rawValue: errno) }
    return UInt16(bigEndian: address.sin_port)
}
