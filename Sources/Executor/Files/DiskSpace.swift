// SPDX-License-Identifier: Apache-2.0

import Archive
import FoundationEssentials
import Storage
import SystemPackage
import _NIOFileSystem

/// Tells whether something failed for want of room.
enum DiskSpace {
    /// Whether `error`, or what caused it, says that there is no room left.
    static func isExhausted(_ error: any Error) -> Bool {
        switch error {
        case let error as Errno: return error == .noSpace || error == .diskQuotaExceeded
        case let error as ObjectStoreError:
            return error.code == .noSpace || isCause(error.cause)
        case let error as ArchiveError: return isCause(error.cause)
        case let error as FileSystemError: return isCause(error.cause)
        case let error as FileSystemError.SystemCallError: return isExhausted(error.errno)
        case let error as ExecutorError: return isCause(error.cause)
        case let error as CocoaError: return error.code == .fileWriteOutOfSpace
        default: return false
        }
    }

    private static func isCause(_ error: (any Error)?) -> Bool {
        error.map(isExhausted) ?? false
    }
}
