// SPDX-License-Identifier: Apache-2.0

import Glibc
import SystemPackage

extension SystemCalls {
    /// The target of a symbolic link; longer than a path may be is an error.
    static func target(
        ofLink name: [UInt8], in directory: FileDescriptor
    ) throws(Errno) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = try retrying {
            withCString(name) { name in
                bytes.withUnsafeMutableBytes { buffer in
                    readlinkat(
                        directory.rawValue, name, buffer.baseAddress.unsafelyUnwrapped,
                        buffer.count)
                }
            }
        }
        guard length < bytes.count else { throw .fileNameTooLong }
        return Array(bytes.prefix(length))
    }

    static func makeLink(
        _ name: [UInt8], in directory: FileDescriptor, target: [UInt8]
    ) throws(Errno) {
        _ = try retrying {
            withCString(target) { target in
                withCString(name) { symlinkat(target, directory.rawValue, $0) }
            }
        }
    }

    static func makeHardLink(
        _ name: [UInt8], in directory: FileDescriptor, to existing: [UInt8],
        in existingDirectory: FileDescriptor
    ) throws(Errno) {
        _ = try retrying {
            withCString(existing) { existing in
                withCString(name) {
                    linkat(existingDirectory.rawValue, existing, directory.rawValue, $0, 0)
                }
            }
        }
    }
}
