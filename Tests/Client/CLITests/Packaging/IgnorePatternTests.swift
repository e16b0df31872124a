// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CLI

@Suite(.timeLimit(.minutes(5))) struct IgnorePatternTests {
    private func isIgnored(_ path: String, by content: String) -> Bool? {
        let bytes = Array(path.utf8)
        let isDirectory = bytes.last == UInt8(ascii: "/")
        let plain = isDirectory ? bytes.dropLast() : bytes[...]
        let name = plain.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
        return IgnoreFile(Array(content.utf8)).verdict(
            on: Array(plain), name: name, isDirectory: isDirectory)
    }

    /// Pattern, path (a folder ends with a slash), whether it is matched.
    static let patterns: [(String, String, Bool)] = [
        ("foo", "foo", true), ("foo", "a/foo", true), ("foo", "foobar", false),
        ("/foo", "foo", true), ("/foo", "a/foo", false),
        ("a/foo", "a/foo", true), ("a/foo", "b/a/foo", false),
        ("foo/", "foo/", true), ("foo/", "foo", false), ("foo/", "a/foo/", true),
        ("*.log", "x.log", true), ("*.log", "a/x.log", true), ("*.log", ".log", true),
        ("a/*", "a/b", true), ("a/*", "a/b/c", false),
        ("**/foo", "foo", true), ("**/foo", "a/b/foo", true), ("**/foo", "afoo", false),
        ("a/**", "a/b/c", true), ("a/**", "a/", false),
        ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a/**/b", "a/xb", false),
        ("a/b**c", "a/bxc", true), ("a/b**c", "a/bx/c", false),
        ("a**/b", "ab", true), ("x?**/b", "xab", false),
        ("f?o", "foo", true), ("f?o", "fo", false), ("a/?b", "a//b", false),
        ("[a-c]", "b", true), ("[a-c]", "d", false), ("[!a-c]", "d", true), ("[^a]", "a", false),
        ("[]]", "]", true), ("[a-]", "-", true), ("[\\]]", "]", true), ("[[:digit:]x]", "7", true),
        ("[[:digit:]", "7", false), ("[[:nope:]]", "n", false), ("[[:a]", ":", true),
        ("[", "[", false), ("\\[", "[", true), ("a\\", "a\\", false), ("\\*", "*", true),
        ("\\*", "a", false), ("\\#a", "#a", true), ("#a", "#a", false), ("\\!a", "!a", true),
        ("a ", "a", true), ("a\\ ", "a ", true), ("a\\ ", "a", false), ("a\r", "a", true),
        ("\u{FEFF}a", "a", true), ("é*", "éa", true), ("", "a", false), ("/", "a", false),
        ("!", "a", false),
    ]

    @Test(arguments: patterns)
    func `a pattern matches what git says it does`(pattern: String, path: String, matches: Bool) {
        #expect((isIgnored(path, by: pattern) ?? false) == matches)
    }

    @Test func `the last pattern that matches decides`() {
        #expect(isIgnored("a.log", by: "*.log\n!a.log\n") == false)
        #expect(isIgnored("a.log", by: "!a.log\n*.log\n") == true)
        #expect(isIgnored("b", by: "*.log\n") == nil)
    }

    @Test func `many stars take no more time than few`() {
        let pattern = String(repeating: "a*", count: 60) + "b"
        #expect(isIgnored(String(repeating: "a", count: 200), by: pattern) == nil)
    }
}
