// SPDX-License-Identifier: Apache-2.0

extension [UInt8]? {
    /// Lends the bytes to C, which tells none (a null pointer) from empty (a pointer to nothing).
    func withCBytes<Value>(_ body: (UnsafeRawPointer?, Int) -> Value) -> Value {
        guard let bytes = self else { return body(nil, 0) }
        // An empty array may have no address, which would read as none.
        guard !bytes.isEmpty else {
            return withUnsafeBytes(of: UInt8(0)) { body($0.baseAddress, 0) }
        }
        return bytes.withUnsafeBytes { body($0.baseAddress, $0.count) }
    }

    /// Copies bytes that C lends: a null pointer means none.
    init(copying pointer: UnsafeRawPointer?, count: Int) {
        self = pointer.map { Array(UnsafeRawBufferPointer(start: $0, count: count)) }
    }
}
