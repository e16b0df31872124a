// SPDX-License-Identifier: Apache-2.0

import Glibc
import SystemPackage

/// The system calls that this module needs, relative to an open folder and never through a link.
///
/// Every name is a single component, so `O_NOFOLLOW` covers the whole way. All of them block.
enum SystemCalls {
    /// What is at a name: kind, size and permission bits.
    struct Status {
        var kind: FileKind
        var size: Int64
        var isExecutable: Bool
        var modifiedAt: Int64
    }

    // MARK: Folders

    static func openDirectory(at path: FilePath) throws(Errno) -> FileDescriptor {
        let descriptor = try retrying {
            path.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        }
        return FileDescriptor(rawValue: descriptor)
    }

    static func openDirectory(
        _ name: [UInt8], in directory: FileDescriptor
    ) throws(Errno) -> FileDescriptor {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let descriptor = try retrying {
            withCString(name) { openat(directory.rawValue, $0, flags) }
        }
        return FileDescriptor(rawValue: descriptor)
    }

    /// The absolute path without links in it.
    static func realPath(of path: FilePath) throws(Errno) -> FilePath {
        guard let resolved = path.withPlatformString({ realpath($0, nil) }) else {
            throw Errno(rawValue: errno)
        }
        defer { free(resolved) }
        return FilePath(platformString: resolved)
    }

    static func makeDirectory(_ name: [UInt8], in directory: FileDescriptor) throws(Errno) {
        _ = try retrying { withCString(name) { mkdirat(directory.rawValue, $0, 0o755) } }
    }

    /// Everything in a folder but `.` and `..`, in no particular order.
    static func list(_ directory: FileDescriptor) throws(Errno) -> [FolderItem] {
        // fdopendir takes the descriptor over, so it gets one of its own.
        let own = try openDirectory([UInt8(ascii: ".")], in: directory)
        guard let stream = fdopendir(own.rawValue) else {
            let failure = Errno(rawValue: errno)
            close(own)
            throw failure
        }
        defer { closedir(stream) }
        var items: [FolderItem] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            // The name is read in place: the structure is declared longer than it may be.
            guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { break }
            let name = UnsafeRawPointer(entry).advanced(by: offset)
                .assumingMemoryBound(to: UInt8.self)
            let bytes = Array(UnsafeBufferPointer(start: name, count: strlen(name)))
            if bytes == [0x2E] || bytes == [0x2E, 0x2E] { continue }
            let kind = try kind(ofType: Int32(entry.pointee.d_type), named: bytes, in: directory)
            if let kind { items.append(FolderItem(name: bytes, kind: kind)) }
        }
        if errno != 0 { throw Errno(rawValue: errno) }
        return items
    }

    private static func kind(
        ofType type: Int32, named name: [UInt8], in directory: FileDescriptor
    ) throws(Errno) -> FileKind? {
        switch type {
        case Int32(DT_REG): return .file
        case Int32(DT_DIR): return .directory
        case Int32(DT_LNK): return .symbolicLink
        case Int32(DT_UNKNOWN): return try status(of: name, in: directory)?.kind
        default: return .other
        }
    }

    // MARK: Files

    /// What is at a name, a link itself and not its target; nil when nothing is.
    static func status(
        of name: [UInt8], in directory: FileDescriptor
    ) throws(Errno) -> Status? {
        var result = stat()
        do {
            _ = try retrying {
                withCString(name) {
                    fstatat(directory.rawValue, $0, &result, AT_SYMLINK_NOFOLLOW)
                }
            }
        } catch {
            if error == .noSuchFileOrDirectory || error == .notDirectory { return nil }
            throw error
        }
        return Status(result)
    }

    static func status(of file: FileDescriptor) throws(Errno) -> Status {
        var result = stat()
        _ = try retrying { fstat(file.rawValue, &result) }
        return Status(result)
    }

    /// Opens a file for reading; a pipe that took its place meanwhile doesn't block.
    static func openFile(
        _ name: [UInt8], in directory: FileDescriptor
    ) throws(Errno) -> FileDescriptor {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
        let descriptor = try retrying {
            withCString(name) { openat(directory.rawValue, $0, flags) }
        }
        return FileDescriptor(rawValue: descriptor)
    }

    static func openFile(at path: FilePath) throws(Errno) -> FileDescriptor {
        let descriptor = try retrying {
            path.withPlatformString { open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY) }
        }
        return FileDescriptor(rawValue: descriptor)
    }

    /// Makes a file that isn't there yet; anything in its place, a link too, is an error.
    static func createFile(
        _ name: [UInt8], in directory: FileDescriptor, isExecutable: Bool
    ) throws(Errno) -> FileDescriptor {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = try retrying {
            withCString(name) {
                openat(directory.rawValue, $0, flags, isExecutable ? 0o755 : 0o644)
            }
        }
        return FileDescriptor(rawValue: descriptor)
    }

    static func createPrivateFile(at path: FilePath) throws(Errno) -> FileDescriptor {
        let descriptor = try retrying {
            path.withPlatformString {
                open($0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            }
        }
        return FileDescriptor(rawValue: descriptor)
    }

    static func removeFile(at path: FilePath) throws(Errno) {
        _ = try retrying { path.withPlatformString { unlink($0) } }
    }

    static func read(
        _ file: FileDescriptor, into buffer: UnsafeMutableRawBufferPointer
    ) throws(Errno) -> Int {
        try retrying { Glibc.read(file.rawValue, buffer.baseAddress, buffer.count) }
    }

    /// Bytes from `offset` on; fewer than asked for at the end of the file.
    static func read(
        _ file: FileDescriptor, at offset: Int64, count: Int
    ) throws(Errno) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let done = try retrying {
            bytes.withUnsafeMutableBytes {
                pread(file.rawValue, $0.baseAddress, count, off_t(offset))
            }
        }
        return Array(bytes.prefix(done))
    }

    static func write(_ file: FileDescriptor, _ buffer: UnsafeRawBufferPointer) throws(Errno) {
        var rest = buffer
        while !rest.isEmpty {
            let done = try retrying { Glibc.write(file.rawValue, rest.baseAddress, rest.count) }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(done))
        }
    }

    static func write(
        _ file: FileDescriptor, _ buffer: UnsafeRawBufferPointer, at offset: Int64
    ) throws(Errno) {
        var rest = buffer
        var offset = offset
        while !rest.isEmpty {
            let done = try retrying {
                pwrite(file.rawValue, rest.baseAddress, rest.count, off_t(offset))
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(done))
            offset += Int64(done)
        }
    }

    static func resize(_ file: FileDescriptor, to size: Int64) throws(Errno) {
        _ = try retrying { ftruncate(file.rawValue, off_t(size)) }
    }

    static func setModificationTime(
        _ file: FileDescriptor, secondsSince1970 seconds: Int64
    ) throws(Errno) {
        let time = timespec(tv_sec: Int(seconds), tv_nsec: 0)
        let times = [time, time]
        _ = try retrying { futimens(file.rawValue, times) }
    }

    /// Closes a descriptor that was only read, whose closing can therefore lose nothing.
    static func close(_ file: FileDescriptor) {
        _ = Glibc.close(file.rawValue)
    }

    /// Closes a file that was written: some file systems only report a full disk here.
    static func closeWritten(_ file: FileDescriptor) throws(Errno) {
        // Not repeated on EINTR: on Linux the descriptor is gone then too.
        guard Glibc.close(file.rawValue) == 0 || errno == EINTR else {
            throw Errno(rawValue: errno)
        }
    }

    // MARK: Calling

    /// Calls again after a signal; -1 becomes the error number.
    static func retrying<Value: FixedWidthInteger & SignedInteger>(
        _ call: () -> Value
    ) throws(Errno) -> Value {
        while true {
            let result = call()
            if result >= 0 { return result }
            let failure = Errno(rawValue: errno)
            if failure != .interrupted { throw failure }
        }
    }

    /// Lends a name as C wants it; one with a zero byte ends there.
    static func withCString<Value>(
        _ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Value
    ) -> Value {
        (name + [0]).withUnsafeBytes { bytes in
            // Never empty: it has at least its final zero.
            body(bytes.assumingMemoryBound(to: CChar.self).baseAddress.unsafelyUnwrapped)
        }
    }
}

extension SystemCalls.Status {
    fileprivate init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .directory
        case S_IFLNK: kind = .symbolicLink
        default: kind = .other
        }
        size = Int64(status.st_size)
        isExecutable = status.st_mode & 0o111 != 0
        modifiedAt = Int64(status.st_mtim.tv_sec)
    }
}
