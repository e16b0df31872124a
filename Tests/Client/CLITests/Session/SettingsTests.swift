// SPDX-License-Identifier: Apache-2.0

import Model
import Testing

@testable import CLI

@Suite(.timeLimit(.minutes(1))) struct SettingsTests {
    private static let one = WorkspaceID("0190a000-0000-7000-8000-000000000001")
    private static let two = WorkspaceID("0190a000-0000-7000-8000-000000000002")
    private static let three = WorkspaceID("0190a000-0000-7000-8000-000000000003")
    private static let stored = StoredConfiguration(
        api: "http://stored/", username: "u", token: "stored", workspace: one)
    private static let local = LocalServer(
        api: "http://local", username: "admin", password: "p", pid: 1)

    private func settings(
        api: String? = nil, workspace: WorkspaceID? = nil, _ environment: [String: String] = [:],
        stored: StoredConfiguration? = stored, local: LocalServer? = local
    ) throws -> Settings {
        try Settings(
            api: api, workspace: workspace, environment: environment, stored: stored, local: local)
    }

    @Test func `a flag wins over the environment, the environment over the file`() throws {
        let environment = ["TLAO_API_URL": "http://env", "TLAO_WORKSPACE": Self.two.text]
        #expect(try settings(api: "http://flag/", environment).api == "http://flag")
        #expect(try settings(environment).api == "http://env")
        #expect(try settings().api == "http://stored")
        #expect(try settings(stored: nil).api == "http://local")
        #expect(try settings(stored: nil, local: nil).api == APIAddress.standard)
        #expect(try settings(workspace: Self.three, environment).workspace == Self.three)
        #expect(try settings(environment).workspace == Self.two)
        #expect(try settings().workspace == Self.one)
    }

    @Test func `a token of the environment wins over the stored one`() throws {
        #expect(try settings(["TLAO_TOKEN": "env"]).token == "env")
        #expect(try settings(["TLAO_TOKEN": ""]).token == "stored")
    }

    @Test func `a stored token and workspace are used for their own address alone`() throws {
        let elsewhere = try settings(api: "http://other")
        #expect(elsewhere.token == nil && elsewhere.workspace == nil)
        #expect(elsewhere.signedInElsewhere == "http://stored/")
        #expect(try settings(api: "http://stored").token == "stored")
    }

    @Test(arguments: [["TLAO_API_URL": "nowhere"], ["TLAO_WORKSPACE": "default"]])
    func `a variable that means nothing is a usage error`(environment: [String: String]) {
        let failure = #expect(throws: CommandFailure.self) { try settings(environment) }
        #expect(failure?.code == .usage)
    }
}
