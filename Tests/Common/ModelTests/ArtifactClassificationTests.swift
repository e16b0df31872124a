// SPDX-License-Identifier: Apache-2.0

import Model
import PropertyTesting
import Testing

@Suite(.timeLimit(.minutes(5))) struct ArtifactClassificationTests {
    @Test(arguments: [
        ("tasks.md", ArtifactType.executionPlan, "text/markdown"),
        ("docs/tasks.md", .executionPlan, "text/markdown"),
        ("my-plan.md", .executionPlan, "text/markdown"),
        ("Plan-2.JSON", .executionPlan, "application/json"),
        ("planning/notes.md", .document, "text/markdown"),
        ("plan.txt", .document, "text/plain"),
        ("main.tf", .infrastructureTemplate, "text/plain"),
        ("plan.tf.json", .infrastructureTemplate, "application/json"),
        ("changes.patch", .codeChange, "text/x-diff"), ("a.diff", .codeChange, "text/x-diff"),
        ("plan.diff", .codeChange, "text/x-diff"), ("run.log", .log, "text/plain"),
        ("README.md", .document, "text/markdown"), ("more.tar.gz", .document, "application/gzip"),
        ("data.json", .document, "application/json"), ("logo.png", .document, "image/png"),
        ("Makefile", .document, "application/octet-stream"),
        ("", .document, "application/octet-stream"), (".", .document, "application/octet-stream"),
        ("a.b/", .document, "application/octet-stream"),
    ])
    func `a name says what a file is`(_ name: String, _ type: ArtifactType, _ mediaType: String) {
        let classification = ArtifactClassification(fileName: name)
        #expect(classification.artifactType == type)
        #expect(classification.mediaType == mediaType)
    }

    @Test(arguments: [
        "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n",
        "# a comment\nResources:\n  Bucket:\n    Type: AWS::S3::Bucket\n",
        "apiVersion: v1\nkind: Service\n", "---\r\napiVersion: v1\r\nkind: Service\r\n",
        "services:\n  web:\n    image: x\n", "\u{FEFF}services: {}\n", "\"services\":\n  a: b\n",
    ])
    func `YAML with the marker keys describes infrastructure`(_ text: String) {
        for name in ["deploy.yaml", "x/deploy.YML"] {
            #expect(ArtifactClassification.needsContent(fileName: name))
            let classification = ArtifactClassification(
                fileName: name, firstBytes: Array(text.utf8))
            #expect(classification.artifactType == .infrastructureTemplate)
            #expect(classification.mediaType == "application/yaml")
        }
    }

    @Test(arguments: [
        "", "name: x\n", "apiVersion: v1\n", "kind: Service\n", "Resources:\n  - book\n",
        "spec:\n  services: {}\n", "# services:\n", "services\n", "\u{FFFD}\0:::",
    ])
    func `other YAML is a document`(_ text: String) {
        let classification = ArtifactClassification(
            fileName: "a.yaml", firstBytes: Array(text.utf8))
        #expect(classification.artifactType == .document)
    }

    @Test func `marker keys count in YAML alone`() {
        #expect(!ArtifactClassification.needsContent(fileName: "compose.md"))
        let classification = ArtifactClassification(
            fileName: "compose.md", firstBytes: Array("services:\n".utf8))
        #expect(classification.artifactType == .document)
    }

    @Test func `any name and bytes are classified, wherever the file stands`() async {
        let cases = zip(
            Generator<String>.unicode(count: 0...12), Generator<[UInt8]>.bytes(count: 0...80))
        await checkProperty("Any name and bytes", cases) { name, bytes in
            let one = ArtifactClassification(fileName: "dir/" + name, firstBytes: bytes)
            try requireEqual(one, ArtifactClassification(fileName: name, firstBytes: bytes))
        }
    }
}
