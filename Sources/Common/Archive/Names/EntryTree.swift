// SPDX-License-Identifier: Apache-2.0

/// The names of an archive so far, as a tree: refuses every name that can't safely stand in it.
///
/// Writing and unpacking ask the same tree, so whatever was written can be unpacked. It holds one
/// node a name; its memory is bounded by the number of entries and by what links may add up to.
struct EntryTree {
    /// What a node stands for.
    enum Kind: Equatable {
        /// `isListed`: had an entry of its own, and is not only there because something is in it.
        case directory(isListed: Bool)
        case file
        case symbolicLink(target: [UInt8])
    }

    struct Node {
        let name: [UInt8]
        let parent: Int
        var kind: Kind
        var children: [NameKey: Int] = [:]
    }

    /// `/`-separated names that Linux takes at most (PATH_MAX less the final zero).
    static let longestPath = 4095
    /// Bytes of one component (NAME_MAX).
    static let longestComponent = 255
    /// Bytes of all symbolic links' targets together.
    static let longestTargets = 16 << 20

    static let root = 0

    private(set) var nodes = [Node(name: [], parent: 0, kind: .directory(isListed: false))]
    private(set) var links: [Int] = []
    private var targetBytes = 0
    private let maximumNodes: Int
    private let maximumDepth: Int
    private let allowsCaseCollisions: Bool

    init(maximumNodes: Int = .max, maximumDepth: Int = 128, allowsCaseCollisions: Bool = false) {
        self.maximumNodes = maximumNodes
        self.maximumDepth = maximumDepth
        self.allowsCaseCollisions = allowsCaseCollisions
    }

    /// Adds an entry; answers its components, which are empty for the root itself.
    mutating func add(_ path: EntryPath, _ kind: Kind) throws(ArchiveError) -> [[UInt8]] {
        let components = try checkedComponents(path)
        guard let name = components.last else {
            guard case .directory = kind else {
                throw ArchiveError(.unsafeEntry, "The entry '\(path)' has no name.", entry: path)
            }
            return []
        }
        if case .symbolicLink(let target) = kind { try check(target, of: path) }
        var parent = Self.root
        for component in components.dropLast() {
            parent = try enter(component, of: parent, for: path)
        }
        try place(name, in: parent, kind, for: path)
        return components
    }

    /// The components of a file that was added before; nil when there is no such file.
    func file(at path: EntryPath) throws(ArchiveError) -> [[UInt8]]? {
        let components = try checkedComponents(path)
        var node = Self.root
        for component in components {
            guard let child = child(component, of: node) else { return nil }
            node = child
        }
        return nodes[node].kind == .file ? components : nil
    }

    /// The child with exactly this name.
    func child(_ name: [UInt8], of parent: Int) -> Int? {
        guard let child = nodes[parent].children[key(name)], nodes[child].name == name
        else { return nil }
        return child
    }

    /// The name that a node was added by.
    func path(of node: Int) -> EntryPath {
        var names: [[UInt8]] = []
        var node = node
        while node != Self.root {
            names.append(nodes[node].name)
            node = nodes[node].parent
        }
        return EntryPath(bytes: names.reversed().joined(separator: [UInt8(ascii: "/")]))
    }

    // MARK: Names

    private func checkedComponents(_ path: EntryPath) throws(ArchiveError) -> [[UInt8]] {
        func refusal(_ reason: String) -> ArchiveError {
            ArchiveError(.unsafeEntry, "The entry '\(path)' \(reason).", entry: path)
        }
        guard !path.bytes.isEmpty else { throw refusal("has no name") }
        guard path.bytes.first != UInt8(ascii: "/") else { throw refusal("has an absolute name") }
        guard path.bytes.count <= Self.longestPath else { throw refusal("has too long a name") }
        guard !path.bytes.contains(0) else { throw refusal("has a zero byte in its name") }
        let components = path.components
        guard components.count <= maximumDepth else {
            throw refusal("lies more than \(maximumDepth) folders deep")
        }
        for component in components {
            guard component != [0x2E, 0x2E] else { throw refusal("has '..' in its name") }
            guard component.count <= Self.longestComponent else {
                throw refusal("has a component of more than \(Self.longestComponent) bytes")
            }
        }
        return components
    }

    private mutating func check(
        _ target: [UInt8], of path: EntryPath
    ) throws(ArchiveError) {
        func refusal(_ reason: String) -> ArchiveError {
            ArchiveError(.unsafeEntry, "The symbolic link '\(path)' \(reason).", entry: path)
        }
        guard !target.isEmpty else { throw refusal("has no target") }
        guard target.first != UInt8(ascii: "/") else { throw refusal("has an absolute target") }
        guard target.count <= Self.longestPath, !target.contains(0) else {
            throw refusal("has a target that is no possible path")
        }
        targetBytes += target.count
        guard targetBytes <= Self.longestTargets else {
            throw ArchiveError(
                .limitExceeded, "The archive has too many and too long symbolic links.",
                entry: path)
        }
    }

    // MARK: Nodes

    private mutating func enter(
        _ name: [UInt8], of parent: Int, for path: EntryPath
    ) throws(ArchiveError) -> Int {
        guard let existing = nodes[parent].children[key(name)] else {
            return try append(name, to: parent, .directory(isListed: false), for: path)
        }
        try refuseCollision(of: name, with: existing, for: path)
        switch nodes[existing].kind {
        case .directory: return existing
        case .file:
            throw ArchiveError(
                .duplicateEntry, "The entry '\(path)' lies in something that is a file.",
                entry: path)
        case .symbolicLink:
            throw ArchiveError(
                .unsafeEntry, "The entry '\(path)' would be written through a symbolic link.",
                entry: path)
        }
    }

    private mutating func place(
        _ name: [UInt8], in parent: Int, _ kind: Kind, for path: EntryPath
    ) throws(ArchiveError) {
        guard let existing = nodes[parent].children[key(name)] else {
            let node = try append(name, to: parent, kind, for: path)
            if case .symbolicLink = kind { links.append(node) }
            return
        }
        try refuseCollision(of: name, with: existing, for: path)
        guard case .directory = kind, nodes[existing].kind == .directory(isListed: false) else {
            throw ArchiveError(
                .duplicateEntry, "The entry '\(path)' is in the archive twice.", entry: path)
        }
        nodes[existing].kind = kind
    }

    private func refuseCollision(
        of name: [UInt8], with existing: Int, for path: EntryPath
    ) throws(ArchiveError) {
        guard nodes[existing].name != name else { return }
        throw ArchiveError(
            .duplicateEntry,
            "The entry '\(path)' differs from '\(self.path(of: existing))' only in case.",
            entry: path)
    }

    private mutating func append(
        _ name: [UInt8], to parent: Int, _ kind: Kind, for path: EntryPath
    ) throws(ArchiveError) -> Int {
        // The root is a node too, but no entry.
        guard nodes.count <= maximumNodes else {
            throw ArchiveError(
                .limitExceeded, "The archive has more than \(maximumNodes) entries.", entry: path)
        }
        nodes.append(Node(name: name, parent: parent, kind: kind))
        nodes[parent].children[key(name)] = nodes.count - 1
        return nodes.count - 1
    }

    private func key(_ name: [UInt8]) -> NameKey {
        allowsCaseCollisions ? NameKey(exactly: name) : NameKey(folding: name)
    }
}
