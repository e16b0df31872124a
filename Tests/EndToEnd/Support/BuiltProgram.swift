// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Finds the product's programs: they were built together with this test bundle and lie beside it.
enum BuiltProgram {
    static let server = "tlao-codex"
    static let commandLine = "tlao"
    static let broker = "mock-broker"

    /// The path of a program; a test that can't find it fails.
    static func path(_ name: String) throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(filePath: own).deletingLastPathComponent().appending(path: name)
            .path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw MissingProgram(path: path)
        }
        return path
    }

    struct MissingProgram: Error, CustomStringConvertible {
        let path: String
        var description: String { "\(path) was not built: build everything (scripts/build) first" }
    }
}
