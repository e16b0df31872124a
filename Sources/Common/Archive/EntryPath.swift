// SPDX-License-Identifier: Apache-2.0

public import SystemPackage

/// A name inside an archive or below a packed folder: components separated by `/`.
///
/// It is kept as bytes, because a file name on Linux need not be UTF-8, and exactly as given:
/// whether it is an acceptable name is decided by who uses it. The order is that of the bytes,
/// which is also git's.
public struct EntryPath: Hashable, Sendable {
    /// The name as it is stored.
    public let bytes: [UInt8]

    /// Takes a name as bytes.
    public init(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// Takes a name as text.
    public init(_ string: String) {
        bytes = Array(string.utf8)
    }

    /// The parts between the slashes, without empty ones and without `.`.
    public var components: [[UInt8]] {
        bytes.split(separator: UInt8(ascii: "/")).compactMap { part in
            part.elementsEqual([UInt8(ascii: ".")]) ? nil : Array(part)
        }
    }

    /// The name of something directly below this one.
    public func appending(_ component: some Collection<UInt8>) -> EntryPath {
        bytes.isEmpty
            ? EntryPath(bytes: component)
            : EntryPath(bytes: bytes + [UInt8(ascii: "/")] + component)
    }

    /// The same place, seen from a folder that contains `folder`.
    public func below(_ folder: EntryPath) -> EntryPath {
        folder.appending(bytes)
    }

    /// Where the file of this name is, when the names are relative to `folder`.
    public func place(in folder: FilePath) -> FilePath {
        let name: [CInterop.PlatformChar] = bytes.map { CChar(bitPattern: $0) } + [0]
        return folder.pushing(FilePath(platformString: name))
    }
}

extension EntryPath: Comparable {
    /// Compares byte by byte.
    public static func < (left: EntryPath, right: EntryPath) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension EntryPath: CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name as text, with U+FFFD for what is not UTF-8.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    /// Takes a name as text.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}
