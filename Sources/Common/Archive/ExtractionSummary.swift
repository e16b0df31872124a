// SPDX-License-Identifier: Apache-2.0

/// What an archive contained.
public struct ExtractionSummary: Sendable, Equatable {
    /// Files written, hard links among them.
    public internal(set) var files = 0

    /// Folders that had an entry of their own.
    public internal(set) var directories = 0

    /// Symbolic links made.
    public internal(set) var symbolicLinks = 0

    /// Bytes of all files together.
    public internal(set) var bytes: Int64 = 0

    /// What the library found odd but harmless, at most a hundred sentences.
    public internal(set) var notes: [String] = []

    /// Entries of every kind.
    public var entries: Int { files + directories + symbolicLinks }

    mutating func note(_ text: String) {
        if notes.count < 100 { notes.append(text) }
    }
}
