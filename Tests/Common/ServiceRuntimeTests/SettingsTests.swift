// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PropertyTesting
import ServiceRuntime
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct SettingsTests {
    private enum Colour: String, CaseIterable { case red, green }

    private func settings(
        flags: [String: String] = [:], environment: [String: String] = [:], file: String? = nil
    ) async throws -> Settings {
        Settings(
            try await ConfigurationSources.reader(
                flags: flags, environment: environment, file: file))
    }

    @Test func `a flag wins over a variable, and that over the file`() async throws {
        try await withTemporaryDirectory { folder in
            let file = folder + "/settings.json"
            try Data(
                #"{"tlao": {"host": "file", "topicPrefix": "file.", "kafka": {"brokers": "k:1"}}}"#
                    .utf8
            ).write(to: URL(filePath: file))
            let environment = ["TLAO_HOST": "variable", "TLAO_TOPIC_PREFIX": "variable."]
            let settings = try await settings(
                flags: ["host": "flag"], environment: environment, file: file)
            #expect(settings.text("host") == "flag")
            #expect(settings.text("topicPrefix") == "variable.")
            #expect(settings.text("kafka.brokers") == "k:1")
            #expect(settings.text("publicURL") == nil)
        }
    }

    @Test func `a number of the file is a number, quoted or not`() async throws {
        try await withTemporaryDirectory { folder in
            let file = folder + "/settings.json"
            try Data(#"{"tlao": {"slots": 9, "port": "0"}}"#.utf8).write(to: URL(filePath: file))
            let settings = try await settings(file: file)
            #expect(try settings.whole("slots", default: 4) == 9)
            #expect(try settings.whole("port", default: 8_080, in: 0...65_535) == 0)
        }
    }

    @Test func `a file that is missing, or no JSON, is an error`() async throws {
        try await withTemporaryDirectory { folder in
            let file = folder + "/settings.json"
            await #expect(throws: (any Error).self) { try await settings(file: file) }
            try Data("{".utf8).write(to: URL(filePath: file))
            await #expect(throws: (any Error).self) { try await settings(file: file) }
        }
    }

    @Test func `an empty value is none`() async throws {
        let settings = try await settings(environment: ["TLAO_HOST": "", "TLAO_PORT": ""])
        #expect(settings.text("host") == nil)
        #expect(try settings.whole("port", default: 8_080) == 8_080)
    }

    @Test(arguments: ["", "5", "1", "10"])
    func `a whole number within its range is taken`(_ text: String) async throws {
        let settings = try await settings(environment: ["TLAO_SLOTS": text])
        #expect(try settings.whole("slots", default: 5, in: 1...10) == Int(text) ?? 5)
    }

    @Test(arguments: ["0", "11", "-1", "2.5", "two", " 2", "0x2", "99999999999999999999"])
    func `anything else is refused, with variable and range`(_ text: String) async throws {
        let settings = try await settings(environment: ["TLAO_MAX_LOG_BYTES": text])
        let error = #expect(throws: ConfigurationError.self) {
            try settings.whole("maxLogBytes", default: 5, in: 1...10)
        }
        #expect(
            error?.description == "TLAO_MAX_LOG_BYTES: must be a whole number, 1 to 10")
    }

    @Test func `a choice is one of those there are`() async throws {
        let settings = try await settings(
            environment: ["TLAO_FIRST": "green", "TLAO_SECOND": "Green"])
        #expect(try settings.choice("first", default: Colour.red) == .green)
        #expect(try settings.choice("third", default: Colour.red) == .red)
        let error = #expect(throws: ConfigurationError.self) {
            try settings.choice("second", default: Colour.red)
        }
        #expect(error?.description == "TLAO_SECOND: must be one of red, green")
    }

    @Test(arguments: [
        ("host", "TLAO_HOST"), ("publicURL", "TLAO_PUBLIC_URL"),
        ("jwt.keyFile", "TLAO_JWT_KEY_FILE"), ("maxTokensPerRun", "TLAO_MAX_TOKENS_PER_RUN"),
        ("kafka.brokers", "TLAO_KAFKA_BROKERS"),
    ])
    func `a setting has its variable's name`(_ name: String, _ variable: String) {
        #expect(Settings.variable(name) == variable)
    }

    @Test func `the variable that errors name is the one that is read`() async {
        let name = Generator<String>.string(of: "abXYZ", count: 1...6)
        let names = zip(Generator<String>.string(of: "ab", count: 1...3), name).map { $0 + $1 }
            .array(count: 1...3).map { $0.joined(separator: ".") }
        await checkProperty("Variables", names) { name in
            let settings = try await settings(environment: [Settings.variable(name): "value"])
            try requireEqual(settings.text(name), "value", Settings.variable(name))
        }
    }
}
