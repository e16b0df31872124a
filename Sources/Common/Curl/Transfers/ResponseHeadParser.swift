// SPDX-License-Identifier: Apache-2.0

/// Puts heads together from the lines that libcurl passes on, one head after the other.
///
/// libcurl has checked the framing; what it lets through is still judged here, because it comes
/// from outside: a line that is no field, a status that is no number, a head without end.
struct ResponseHeadParser {
    private let limit: Int
    private var byteCount = 0
    private var current: ResponseHead?

    /// Accepts up to `limit` bytes in all heads of a transfer together.
    init(limit: Int) {
        self.limit = limit
    }

    /// Reads one line with its line end; returns the head that the line completes.
    mutating func read(_ line: [UInt8]) throws(CurlError) -> ResponseHead? {
        byteCount += line.count
        guard byteCount <= limit else {
            throw .malformed("The response's head is over \(limit) bytes.")
        }
        let content = line.trimmingLineEnd()
        if content.starts(with: Array("HTTP/".utf8)) {
            current = ResponseHead(status: try status(of: content), headers: [:])
            return nil
        }
        if content.isEmpty { return current.take() }
        // Outside a head there are the trailers of a response that was passed over.
        if current != nil { try readField(content) }
        return nil
    }

    private func status(of line: ArraySlice<UInt8>) throws(CurlError) -> Int {
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count > 1, words[1].count == 3,
            let status = Int(String(decoding: words[1], as: UTF8.self)), status >= 100
        else { throw .malformed("The response's status line has no status.") }
        return status
    }

    private mutating func readField(_ line: ArraySlice<UInt8>) throws(CurlError) {
        if line.first == UInt8(ascii: " ") || line.first == UInt8(ascii: "\t") {
            current?.headers.extendLast(by: line.trimmingBlanks())
            return
        }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
            throw .malformed("A line of the response's head is no header field.")
        }
        current?.headers.append(
            name: line[..<colon].trimmingBlanks(),
            value: line[line.index(after: colon)...].trimmingBlanks())
    }
}

extension CurlError {
    static func malformed(_ reason: String) -> CurlError {
        CurlError(.malformedResponse, reason: reason)
    }
}

extension [UInt8] {
    fileprivate func trimmingLineEnd() -> ArraySlice<UInt8> {
        var line = self[...]
        while line.last == UInt8(ascii: "\n") || line.last == UInt8(ascii: "\r") {
            line.removeLast()
        }
        return line
    }
}

extension ArraySlice<UInt8> {
    fileprivate func trimmingBlanks() -> String {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var text = drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }
}
