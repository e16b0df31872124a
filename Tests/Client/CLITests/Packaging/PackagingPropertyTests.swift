// SPDX-License-Identifier: Apache-2.0

import PropertyTesting
import Testing

@testable import CLI

@Suite(.timeLimit(.minutes(10))) struct PackagingPropertyTests {
    private static let never: Set = [".git", "node_modules"]
    private static let ifTracked: Set = [
        ".build", "build", "dist", "out", "target", ".next", ".venv", "venv", "__pycache__",
        "DerivedData", ".gradle",
    ]

    /// What git would track, less the folders that are left out of a workspace nobody tracks.
    private static func expected(_ tracked: Set<String>, leavingOutOutput: Bool) -> Set<String> {
        tracked.filter { path in
            let components = path.split(separator: "/").map(String.init)
            return never.isDisjoint(with: components)
                && !(leavingOutOutput && !ifTracked.isDisjoint(with: components.dropLast()))
        }
    }

    @Test func `Property 17: the archive holds what git would track, less the excluded folders`()
        async throws
    {
        await checkProperty("Property 17", GeneratedTree.generator) { tree in
            let tracked = try await withWorkspace { copy in
                try tree.write(to: copy)
                let repository = try await GitRepository(initializing: copy.folder)
                try await repository.git("add", "--all")
                let tracked = try await repository.trackedFiles()
                let packed = try await copy.packedFiles()
                let expected = Self.expected(tracked, leavingOutOutput: false)
                try requireEqual(packed.sorted(), expected.sorted(), "With everything tracked.")
                return tracked
            }
            let expected = Self.expected(tracked, leavingOutOutput: true)
            try await withWorkspace { workspace in
                try tree.write(to: workspace)
                let withoutGit = try await workspace.packedFiles()
                try requireEqual(withoutGit.sorted(), expected.sorted(), "Without .git.")

                _ = try await GitRepository(initializing: workspace.folder)
                let withGit = try await workspace.packedFiles()
                try requireEqual(withGit.sorted(), expected.sorted(), "With .git.")
            }
        }
    }
}
