// SPDX-License-Identifier: Apache-2.0

import SystemPackage

/// Reads files and standard input whole, up to a limit.
enum FileReading {
    /// The bytes of a file; nil when there is none.
    static func contents(
        of path: FilePath, limit: Int
    ) async throws(CommandFailure) -> [UInt8]? {
        do {
            return try await FileWork.run {
                let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
                return try file.closeAfter { try read(file, limit: limit) }
            }
        } catch Errno.noSuchFileOrDirectory {
            return nil
        } catch let error as CommandFailure {
            throw CommandFailure(.badInput, "'\(path)': \(error.reason)")
        } catch let error as Errno {
            throw CommandFailure(error, "read", path)
        } catch {
            throw CommandFailure(.internal, "Can't read '\(path)': \(error)", cause: error)
        }
    }

    /// The bytes of standard input to its end.
    static func standardInput(limit: Int) async throws -> [UInt8] {
        try await FileWork.run { try read(.standardInput, limit: limit) }
    }

    /// The first line of standard input, without its end.
    static func firstLine(limit: Int) async throws -> [UInt8] {
        try await FileWork.run { try readLine(.standardInput, limit: limit) ?? [] }
    }

    /// Reads to the end of a line byte by byte, so that nothing after it is taken; nil at the end.
    static func readLine(_ file: FileDescriptor, limit: Int) throws -> [UInt8]? {
        var line: [UInt8] = []
        while line.count <= limit {
            guard let byte = try chunk(of: file, upTo: 1).first else {
                return line.isEmpty ? nil : line
            }
            if byte == UInt8(ascii: "\n") {
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                return line
            }
            line.append(byte)
        }
        throw CommandFailure(.badInput, "A line is longer than \(limit) bytes.")
    }

    private static func read(_ file: FileDescriptor, limit: Int) throws -> [UInt8] {
        var content: [UInt8] = []
        while content.count <= limit {
            let chunk = try chunk(of: file, upTo: 64 << 10)
            if chunk.isEmpty { return content }
            content += chunk
        }
        throw CommandFailure(.badInput, "There are more than \(limit) bytes.")
    }

    private static func chunk(of file: FileDescriptor, upTo count: Int) throws -> [UInt8] {
        try unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = try unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }
}
