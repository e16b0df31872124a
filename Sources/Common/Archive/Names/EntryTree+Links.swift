// SPDX-License-Identifier: Apache-2.0

extension EntryTree {
    /// Refuses the first symbolic link whose target, followed as the kernel would follow it, is
    /// not below the root.
    ///
    /// Links are followed through links, so it is only right once every entry has been added.
    /// What doesn't exist is taken for a folder: it may be made later.
    func checkLinks() throws(ArchiveError) {
        // Long chains of long links would take for ever; no folder that people work in is near.
        var steps = 1_000_000
        for link in links {
            try follow(link, steps: &steps)
        }
    }

    private func follow(_ link: Int, steps: inout Int) throws(ArchiveError) {
        // The way so far, from the root on; nil stands for something that doesn't exist.
        var way = ancestors(of: link)
        var pending = reversedComponents(ofTarget: link)
        var expansions = 0
        while let component = pending.popLast() {
            steps -= 1
            guard steps > 0 else {
                throw ArchiveError(
                    .limitExceeded, "The archive's symbolic links are too entangled to check.",
                    entry: path(of: link))
            }
            guard component != [0x2E, 0x2E] else {
                guard way.popLast() != nil else { throw escape(link) }
                continue
            }
            guard let parent = way.last ?? Self.root, let node = child(component, of: parent)
            else {
                way.append(nil)
                continue
            }
            guard case .symbolicLink = nodes[node].kind else {
                way.append(node)
                continue
            }
            // The kernel gives up after forty links (path_resolution(7)): it leads nowhere.
            expansions += 1
            if expansions > 40 { return }
            pending += reversedComponents(ofTarget: node)
        }
    }

    private func escape(_ link: Int) -> ArchiveError {
        let name = path(of: link)
        return ArchiveError(
            .unsafeEntry, "The symbolic link '\(name)' leads out of the folder.", entry: name)
    }

    /// The folders that a node lies in, outermost first, without the root.
    private func ancestors(of node: Int) -> [Int?] {
        var way: [Int?] = []
        var node = nodes[node].parent
        while node != Self.root {
            way.append(node)
            node = nodes[node].parent
        }
        return way.reversed()
    }

    private func reversedComponents(ofTarget link: Int) -> [[UInt8]] {
        guard case .symbolicLink(let target) = nodes[link].kind else { return [] }
        return EntryPath(bytes: target).components.reversed()
    }
}
