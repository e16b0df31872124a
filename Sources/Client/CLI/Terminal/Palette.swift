// SPDX-License-Identifier: Apache-2.0

/// Colours, where they are wanted.
struct Palette: Sendable {
    let isColoured: Bool

    /// Colours a terminal that has them, unless `NO_COLOR` is set (no-color.org).
    init(isTerminal: Bool, environment: [String: String]) {
        let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        isColoured = isTerminal && !refused && environment["TERM"] != "dumb"
    }

    func good(_ text: String) -> String { wrapped(text, "32") }
    func bad(_ text: String) -> String { wrapped(text, "31") }
    func notable(_ text: String) -> String { wrapped(text, "33") }
    func strong(_ text: String) -> String { wrapped(text, "1") }
    func faint(_ text: String) -> String { wrapped(text, "2") }

    private func wrapped(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
