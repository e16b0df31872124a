// SPDX-License-Identifier: Apache-2.0

/// Rows of text in aligned columns.
struct Table {
    private let header: [String]
    private var rows: [[String]] = []

    init(_ header: String...) {
        self.header = header
    }

    /// Adds a row; what would steer the terminal is escaped.
    mutating func add(_ cells: String...) {
        rows.append(cells.map(\.escapedForTerminal))
    }

    /// The lines, without spaces at their ends.
    func lines(_ palette: Palette) -> [String] {
        let all = [header] + rows
        let widths = header.indices.map { column in
            all.map { $0[column].terminalWidth }.max() ?? 0
        }
        let lines = all.map { Self.line($0, widths) }
        return [palette.faint(lines[0])] + lines.dropFirst()
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (cell, width) in zip(cells, widths) {
            line += cell + String(repeating: " ", count: width - cell.terminalWidth + 2)
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}

extension String {
    /// How many cells of a terminal the text takes.
    ///
    /// Wide are the scripts of East Asia and pictographs (Unicode Standard Annex 11, roughly).
    var terminalWidth: Int {
        reduce(0) { width, character in
            guard let scalar = character.unicodeScalars.first else { return width }
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
                0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
                0x20000...0x3FFFD:
                return width + 2
            default: return width + 1
            }
        }
    }

    /// The text's beginning, with an ellipsis where something was cut off.
    func shortened(to count: Int) -> String {
        self.count <= count ? self : prefix(count - 1) + "…"
    }
}
