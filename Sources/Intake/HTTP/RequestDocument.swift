// SPDX-License-Identifier: Apache-2.0

import API
import Hummingbird
import Model
import NIOCore

/// A request's JSON body, read member by member; what is wrong is collected and named together.
struct RequestDocument {
    /// The most bytes of a JSON body.
    static let limit = 1 << 20

    /// The whole document.
    let value: JSONValue
    private var violations: [Violation] = []

    /// Reads the body of a request.
    ///
    /// - Throws: ``Refusal`` when it is too large or no JSON object.
    init(of request: Request) async throws {
        if let length = request.headers[.contentLength].flatMap({ Int64($0) }), length > Self.limit
        {
            throw Self.tooLarge
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.limit)
        } catch is NIOTooManyBytesError {
            throw Self.tooLarge
        }
        do {
            value = try JSONText.decode(JSONValue.self, from: body.readableBytesView)
        } catch {
            throw Refusal(
                .validationFailed, "The body is not JSON.",
                details: [Violation(field: "", reason: Self.place(of: error))])
        }
        guard case .object = value else {
            throw Refusal(
                .validationFailed, "The body must be a JSON object.",
                details: [Violation(field: "", reason: "must be a JSON object")])
        }
    }

    private static var tooLarge: HTTPError { HTTPError(.contentTooLarge) }

    private static func place(of error: any Error) -> String {
        guard case DecodingError.dataCorrupted(let context)? = error as? DecodingError else {
            return "must be JSON (RFC 8259)"
        }
        return context.underlyingError.map { "must be JSON (RFC 8259): \($0)" }
            ?? "must be JSON (RFC 8259)"
    }

    /// Whether nothing was wrong so far.
    var isSound: Bool { violations.isEmpty }

    mutating func refuse(_ more: Violations) {
        violations += more.list
    }

    mutating func refuse(_ field: String, _ reason: String) {
        violations.append(Violation(field: field, reason: reason))
    }

    /// A member that must be text of so many characters (Unicode scalars, so that it is bounded in
    /// bytes too).
    mutating func text(_ name: String, length: ClosedRange<Int> = 1...1_024) -> String {
        guard let value = value[name], value != .null else {
            refuse(name, "is missing")
            return ""
        }
        guard let text = value.text, length.contains(text.unicodeScalars.count),
            !text.utf8.contains(0)
        else {
            refuse(
                name, "must be a text of \(length.lowerBound) to \(length.upperBound) characters")
            return ""
        }
        return text
    }

    /// A member that may be text.
    mutating func optionalText(_ name: String) -> String? {
        let isGiven = value[name].map { $0 != .null } ?? false
        return isGiven ? text(name) : nil
    }

    /// A member that may be an identifier.
    mutating func optionalIdentifier<Entity>(_ name: String) -> Identifier<Entity>? {
        guard let value = value[name], value != .null else { return nil }
        guard let identifier = value.text.flatMap({ Identifier<Entity>(validating: $0) }) else {
            refuse(name, "must be an identifier: a UUID in lower case")
            return nil
        }
        return identifier
    }

    /// A member that must be an identifier.
    mutating func identifier<Entity>(_ name: String) -> Identifier<Entity>? {
        guard let value = value[name], value != .null else {
            refuse(name, "is missing")
            return nil
        }
        return optionalIdentifier(name)
    }

    /// A member that may be a whole number in a range.
    mutating func optionalWhole(_ name: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let value = value[name], value != .null else { return nil }
        guard let whole = value.whole, range.contains(whole) else {
            refuse(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return whole
    }

    /// Ends the reading.
    ///
    /// - Throws: ``Violations`` when anything was wrong.
    func finish() throws(Violations) {
        guard violations.isEmpty else { throw Violations(violations) }
    }
}
