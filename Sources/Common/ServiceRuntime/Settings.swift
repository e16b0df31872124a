// SPDX-License-Identifier: Apache-2.0

public import Configuration

/// Reads the product's settings: flags over environment over file, and a clear error for a value
/// that can't be used.
///
/// A setting `maxArchiveBytes` is the environment variable `TLAO_MAX_ARCHIVE_BYTES` and the member
/// `maxArchiveBytes` of the object `tlao` in the file.
public struct Settings: Sendable {
    private let reader: ConfigReader

    /// Creates a reader of what `reader` holds below `tlao`.
    public init(_ reader: ConfigReader) {
        self.reader = reader.scoped(to: "tlao")
    }

    /// The text of a setting; nil when it is not set, or empty.
    ///
    /// The file may say a whole number as a number.
    public func text(_ name: String, isSecret: Bool = false) -> String? {
        let key = ConfigKey(name)
        let value =
            reader.string(forKey: key, isSecret: isSecret)
            ?? reader.int(forKey: key, isSecret: isSecret).map(String.init)
        return value?.isEmpty == true ? nil : value
    }

    /// The whole number of a setting.
    ///
    /// - Throws: ``ConfigurationError`` when it is set to something else, or out of `range`.
    public func whole(
        _ name: String, default standard: Int, in range: ClosedRange<Int> = 1...Int.max
    ) throws(ConfigurationError) -> Int {
        guard let text = text(name) else { return standard }
        guard let value = Int(text), range.contains(value) else {
            let bounds =
                range.upperBound == .max
                ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
            throw ConfigurationError(Self.variable(name), "must be a whole number, \(bounds)")
        }
        return value
    }

    /// The choice of a setting.
    ///
    /// - Throws: ``ConfigurationError`` when it is set to something else than one of the choices.
    public func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, default standard: Choice
    ) throws(ConfigurationError) -> Choice where Choice.RawValue == String {
        guard let text = text(name) else { return standard }
        guard let value = Choice(rawValue: text) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConfigurationError(Self.variable(name), "must be one of \(choices)")
        }
        return value
    }

    /// The environment variable of a setting: `jwt.keyFile` is `TLAO_JWT_KEY_FILE`.
    ///
    /// It is the name that `EnvironmentVariablesProvider` looks for: a word begins where an
    /// upper-case letter follows a lower-case one.
    public static func variable(_ name: String) -> String {
        var variable = "TLAO_"
        var previous: Character?
        for character in name {
            if character == "." {
                variable.append("_")
            } else {
                if character.isUppercase, previous?.isLowercase == true { variable.append("_") }
                variable += character.uppercased()
            }
            previous = character
        }
        return variable
    }
}
