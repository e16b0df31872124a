// SPDX-License-Identifier: Apache-2.0

extension String {
    /// Reads what C wrote into a buffer, up to the NUL, repairing what is not UTF-8.
    init(cBuffer: [CChar]) {
        self.init(
            decoding: cBuffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
