// SPDX-License-Identifier: Apache-2.0

import Model
import SystemPackage
import Testing

@testable import CLI

@Suite(.timeLimit(.minutes(1))) struct ConfigurationFileTests {
    private let configuration = StoredConfiguration(
        api: "http://h", username: "u", token: "secret",
        tokenExpiresAt: Timestamp(milliseconds: 1_700_000_000_000),
        workspace: WorkspaceID("0190a000-0000-7000-8000-000000000001"))

    private func file(_ tlao: Tlao) throws -> ConfigurationFile {
        try ConfigurationFile(
            environment: [
                "HOME": tlao.home.string,
                "XDG_CONFIG_HOME": tlao.home.appending("config").string,
            ])
    }

    @Test func `what was saved is loaded again`() async throws {
        try await withTlao { tlao in
            #expect(try await file(tlao).load() == nil)
            try await file(tlao).save(configuration)
            #expect(try await file(tlao).load() == configuration)
        }
    }

    @Test func `only its owner can read it, also where it was open before`() async throws {
        try await withTlao { tlao in
            try await file(tlao).save(configuration)
            let path = tlao.configurationPath
            #expect(try tlao.mode(of: path) == 0o600)
            #expect(try tlao.mode(of: path.removingLastComponent()) == 0o700)
            try tlao.write(path, "{}")
            try await file(tlao).save(configuration)
            #expect(try tlao.mode(of: path) == 0o600)
        }
    }

    @Test func `saving leaves no other file behind`() async throws {
        try await withTlao { tlao in
            for _ in 0..<3 { try await file(tlao).save(configuration) }
            let folder = tlao.configurationPath.removingLastComponent()
            #expect(try tlao.names(in: folder) == ["config.json"])
        }
    }

    @Test func `a damaged file is named, with the way to mend it`() async throws {
        try await withTlao { tlao in
            try tlao.write(tlao.configurationPath, "not json")
            let file = try file(tlao)
            let failure = await #expect(throws: CommandFailure.self) { try await file.load() }
            #expect(failure?.code == .badInput)
            #expect(failure?.reason.contains("config.json") == true)
        }
    }

    @Test(arguments: [
        (["XDG_CONFIG_HOME": "/x", "HOME": "/h"], "/x/tlao/config.json"),
        (["XDG_CONFIG_HOME": "relative", "HOME": "/h"], "/h/.config/tlao/config.json"),
        (["HOME": "/h"], "/h/.config/tlao/config.json"),
    ])
    func `the file lies where the XDG specification says`(
        environment: [String: String], expected: String
    ) throws {
        var environment = environment
        environment["XDG_DATA_HOME"] = "/d"
        #expect(try ConfigurationFile(environment: environment).path.string == expected)
    }
}
