// SPDX-License-Identifier: Apache-2.0

/// The form of the keys of objects, the same for every store.
public enum ObjectKey {
    /// The most bytes of a key.
    public static let bytes = 1_024

    /// Checks that `key` is made of components of `[A-Za-z0-9._-]` joined by `/`, none of them
    /// empty, `.` or `..`, at most ``bytes`` together; throws `invalidKey` otherwise.
    public static func check(_ key: String) throws(ObjectStoreError) {
        guard (1...bytes).contains(key.utf8.count) else {
            throw ObjectStoreError(.invalidKey, "the key is empty or over \(bytes) bytes")
        }
        let slash = UInt8(ascii: "/")
        let components = key.utf8.split(separator: slash, omittingEmptySubsequences: false)
        for component in components where !isValid(component) {
            throw ObjectStoreError(.invalidKey, "a component of the key is not allowed")
        }
    }

    private static func isValid(_ component: Substring.UTF8View) -> Bool {
        let isDotted = component.elementsEqual(".".utf8) || component.elementsEqual("..".utf8)
        return !component.isEmpty && !isDotted && component.allSatisfy(isValid)
    }

    private static func isValid(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
