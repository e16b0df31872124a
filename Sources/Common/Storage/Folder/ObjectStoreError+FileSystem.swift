// SPDX-License-Identifier: Apache-2.0

import Storage
import SystemPackage
import _NIOFileSystem

extension ObjectStoreError {
    /// Says what an error of the file system means for a caller.
    init(fileSystem error: any Error) {
        switch error {
        case let error as ObjectStoreError:
            self = error
        case let error as FileSystemError:
            let systemCall = error.cause as? FileSystemError.SystemCallError
            self.init(errno: systemCall?.errno, cause: error)
        case let error as Errno:
            self.init(errno: error, cause: error)
        default:
            self.init(.unavailable, "the object folder can't be used", cause: error)
        }
    }

    private init(errno: Errno?, cause: any Error) {
        switch errno {
        case .noSpace, .diskQuotaExceeded:
            self.init(.noSpace, "there is no room left for the object", cause: cause)
        case .noSuchFileOrDirectory, .notDirectory, .isDirectory, .tooManySymbolicLinkLevels:
            self.init(.notFound, "there is no object at the key", cause: cause)
        default:
            self.init(.unavailable, "the object folder can't be used", cause: cause)
        }
    }
}
