// SPDX-License-Identifier: Apache-2.0
import Curl
import Testing

@Suite(.timeLimit(.minutes(1))) struct CurlHeadersTests {
    @Test func `setting replaces all fields of the name at the first one's place`() {
        var headers: CurlHeaders = ["A": "1", "B": "2", "a": "3"]
        headers["a"] = "4"
        #expect(headers == ["a": "4", "B": "2"])
    }

    @Test func `setting a new name adds it at the end, and nil removes`() {
        var headers: CurlHeaders = ["A": "1"]
        headers["B"] = "2"
        headers["a"] = nil
        #expect(headers == ["B": "2"])
        #expect(headers["A"] == nil)
    }

    @Test func `values come in their order whatever the case of the name`() {
        let headers: CurlHeaders = ["A": "1", "b": "x", "a": "2"]
        #expect(headers.values(of: "A") == ["1", "2"])
        #expect(headers["B"] == "x")
    }
}
