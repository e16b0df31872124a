// SPDX-License-Identifier: Apache-2.0

/// Says what a file is to its reader: its kind of artifact and its media type.
///
/// Decided by the last component of its name, without regard to the case of ASCII letters, and for YAML
/// by the keys at the beginning of a line that tell CloudFormation, Kubernetes and compose files.
public struct ArtifactClassification: Hashable, Sendable {
    /// How many bytes of a file are looked at, at most.
    public static let inspectedBytes = 65_536

    /// The kind of artifact.
    public let artifactType: ArtifactType
    /// The media type; text is UTF-8 by its making, so no character set is named.
    public let mediaType: String

    /// Classifies a file by its name and, where ``needsContent(fileName:)`` says so, its first bytes.
    public init(fileName: String, firstBytes: [UInt8] = []) {
        let name = FileName(fileName)
        artifactType = Self.artifactType(of: name, firstBytes.prefix(Self.inspectedBytes))
        mediaType = Self.mediaTypes[name.lastExtension] ?? "application/octet-stream"
    }

    /// Whether the kind depends on what is in the file.
    public static func needsContent(fileName: String) -> Bool { FileName(fileName).isYAML }

    private static func artifactType(
        of name: FileName, _ firstBytes: ArraySlice<UInt8>
    ) -> ArtifactType {
        if name.hasSuffix(".tf") || name.hasSuffix(".tf.json") { return .infrastructureTemplate }
        if name.isYAML, YAMLMarkers(firstBytes).describeInfrastructure {
            return .infrastructureTemplate
        }
        if name.text == "tasks.md" { return .executionPlan }
        if name.text.contains("plan"), name.hasSuffix(".md") || name.hasSuffix(".json") {
            return .executionPlan
        }
        if name.hasSuffix(".patch") || name.hasSuffix(".diff") { return .codeChange }
        return name.hasSuffix(".log") ? .log : .document
    }

    private static let mediaTypes: [String: String] = [
        "css": "text/css", "csv": "text/csv", "diff": "text/x-diff", "gif": "image/gif",
        "gz": "application/gzip", "htm": "text/html", "html": "text/html", "jpeg": "image/jpeg",
        "jpg": "image/jpeg", "js": "text/javascript", "json": "application/json",
        "log": "text/plain", "markdown": "text/markdown", "md": "text/markdown",
        "patch": "text/x-diff", "pdf": "application/pdf", "png": "image/png",
        "svg": "image/svg+xml", "tar": "application/x-tar", "tf": "text/plain",
        "tgz": "application/gzip", "txt": "text/plain", "webp": "image/webp",
        "xml": "application/xml", "yaml": "application/yaml", "yml": "application/yaml",
        "zip": "application/zip",
    ]
}

/// The last component of a path, in lower case.
private struct FileName {
    let text: String

    init(_ path: String) {
        text = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    }

    var isYAML: Bool { hasSuffix(".yaml") || hasSuffix(".yml") }

    /// What follows the last dot; empty when there is none.
    var lastExtension: String {
        text.contains(".") ? text.split(separator: ".").last.map(String.init) ?? "" : ""
    }

    func hasSuffix(_ suffix: String) -> Bool { text.hasSuffix(suffix) }
}

/// The top-level keys in the beginning of a YAML file, found without parsing it.
private struct YAMLMarkers {
    private var keys: Set<String> = []
    private let mentionsAWSTypes: Bool

    init(_ bytes: ArraySlice<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline) {
            if let key = Self.key(of: line) { keys.insert(key) }
        }
        mentionsAWSTypes = text.contains("AWS::")
    }

    var describeInfrastructure: Bool {
        keys.contains("AWSTemplateFormatVersion")
            || (keys.contains("Resources") && mentionsAWSTypes)
            || (keys.contains("apiVersion") && keys.contains("kind"))
            || keys.contains("services")
    }

    /// The key that begins a line without indentation; nil for anything else.
    private static func key(of line: Substring) -> String? {
        var line = line
        if line.unicodeScalars.first == "\u{FEFF}" {
            line = Substring(line.unicodeScalars.dropFirst())
        }
        guard let first = line.first, !first.isWhitespace, first != "#",
            let colon = line.firstIndex(of: ":")
        else { return nil }
        return line[..<colon].trimmingQuotes()
    }
}

extension Substring {
    /// The text without quotes around it.
    fileprivate func trimmingQuotes() -> String {
        guard count >= 2, let quote = first, quote == "\"" || quote == "'", last == quote else {
            return String(self)
        }
        return String(dropFirst().dropLast())
    }
}
