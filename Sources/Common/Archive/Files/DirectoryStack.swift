// SPDX-License-Identifier: Apache-2.0

import SystemPackage

/// The open folders on the way from a root to where the last name was.
///
/// Each component is opened from the descriptor of the one before and never through a link, so
/// that no name can lead out of the root, whatever lies in it. Names that come in order share
/// their folders, and cost no system call for what they share.
struct DirectoryStack: ~Copyable {
    private let root: FileDescriptor
    private var names: [[UInt8]] = []
    private var opened: [FileDescriptor] = []

    init(root path: FilePath) throws(Errno) {
        root = try SystemCalls.openDirectory(at: path)
    }

    deinit {
        for descriptor in opened { SystemCalls.close(descriptor) }
        SystemCalls.close(root)
    }

    /// Lends the open folder at `components`; it stays open until the next call.
    ///
    /// With `creating`, folders that are missing are made (0755).
    mutating func folder(
        at components: some Collection<[UInt8]>, creating: Bool = false
    ) throws(Errno) -> FileDescriptor {
        leave(downTo: zip(names, components).prefix { $0 == $1 }.count)
        for component in components.dropFirst(names.count) {
            try enter(component, creating: creating)
        }
        return opened.last ?? root
    }

    private mutating func leave(downTo depth: Int) {
        while opened.count > depth {
            SystemCalls.close(opened.removeLast())
            names.removeLast()
        }
    }

    private mutating func enter(_ component: [UInt8], creating: Bool) throws(Errno) {
        let parent = opened.last ?? root
        if creating {
            do {
                try SystemCalls.makeDirectory(component, in: parent)
            } catch {
                // Made by an earlier entry, or something else: then opening it fails.
                if error != .fileExists { throw error }
            }
        }
        opened.append(try SystemCalls.openDirectory(component, in: parent))
        names.append(component)
    }
}
