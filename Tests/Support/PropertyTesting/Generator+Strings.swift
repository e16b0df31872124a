// SPDX-License-Identifier: Apache-2.0

extension Generator where Value == String {
    /// Makes strings of the given scalars; the first one is the simplest.
    ///
    /// `count` is a number of Unicode scalars, not of characters or bytes.
    public static func string(of alphabet: String, count: ClosedRange<Int>) -> Generator {
        string(of: .element(of: Array(alphabet.unicodeScalars)), count: count)
    }

    /// Makes strings of generated scalars.
    ///
    /// `count` is a number of Unicode scalars, not of characters or bytes.
    public static func string(
        of scalars: Generator<Unicode.Scalar>, count: ClosedRange<Int>
    ) -> Generator {
        scalars.array(count: count).map { scalars in
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            return String(text)
        }
    }

    /// Makes strings of letters, digits and the minus sign.
    public static func identifier(count: ClosedRange<Int>) -> Generator {
        string(of: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", count: count)
    }

    /// Makes strings of any Unicode scalars; see `Generator<Unicode.Scalar>.unicode`.
    ///
    /// `count` is a number of Unicode scalars, not of characters or bytes.
    public static func unicode(count: ClosedRange<Int>) -> Generator {
        string(of: .unicode, count: count)
    }
}

extension Generator where Value == Unicode.Scalar {
    /// Picks a scalar of a range of code points, which must not contain surrogates.
    public static func scalar(in range: ClosedRange<UInt32>) -> Generator {
        Generator { choices in
            let codePoint = try choices.draw(.integer(in: range))
            guard let scalar = Unicode.Scalar(codePoint) else { throw RejectedChoices() }
            return scalar
        }
    }

    /// Picks a scalar of what breaks programs: letters, punctuation and control characters of ASCII,
    /// scalars of two, three and four bytes in UTF-8, combining marks, joiners and emoji.
    public static var unicode: Generator {
        .weighted(
            (6, .scalar(in: 0x61...0x7A)),
            (4, .scalar(in: 0x20...0x7E)),
            (1, .scalar(in: 0x00...0x1F)),
            (2, .scalar(in: 0x80...0x7FF)),
            (2, .scalar(in: 0x800...0xD7FF)),
            (1, .scalar(in: 0xE000...0xFFFD)),
            (2, .scalar(in: 0x1F300...0x1FAFF)),
            (1, .scalar(in: 0x10000...0x10FFFF)),
            (1, .scalar(in: 0x300...0x36F)),
            (1, .element(of: ["\u{200D}", "\u{FE0F}", "\u{FEFF}", "\u{2028}", "\u{7F}", "\u{85}"])))
    }
}
