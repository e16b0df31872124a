// SPDX-License-Identifier: Apache-2.0

import Model

/// Where a command talks to, as whom and about which workspace.
///
/// Flags win over the environment, the environment over the file, the file over a server that runs
/// on this machine.
struct Settings: Equatable, Sendable {
    let api: String
    let token: String?
    let workspace: WorkspaceID?
    /// The address that the stored sign-in is for, when it is another one.
    let signedInElsewhere: String?

    init(
        api flag: String?, workspace: WorkspaceID? = nil, environment: [String: String],
        stored: StoredConfiguration?, local: LocalServer?
    ) throws(CommandFailure) {
        let named = try Self.address(in: environment)
        let chosen = try Self.workspace(in: environment)
        let api = APIAddress.normalized(
            flag ?? named ?? stored?.api ?? local?.api ?? APIAddress.standard)
        // A token is never sent anywhere but where it came from.
        let own = stored?.api.map(APIAddress.normalized) == api ? stored : nil
        self.api = api
        token = Self.text("TLAO_TOKEN", in: environment) ?? own?.token
        self.workspace = workspace ?? chosen ?? own?.workspace
        signedInElsewhere = own == nil && stored?.token != nil ? stored?.api : nil
    }

    /// The address that the environment names.
    static func address(in environment: [String: String]) throws(CommandFailure) -> String? {
        guard let address = text("TLAO_API_URL", in: environment) else { return nil }
        guard APIAddress.isValid(address) else {
            throw CommandFailure(
                .usage, "TLAO_API_URL='\(address)' is not an http:// or https:// address.")
        }
        return address
    }

    private static func workspace(
        in environment: [String: String]
    ) throws(CommandFailure) -> WorkspaceID? {
        guard let text = text("TLAO_WORKSPACE", in: environment) else { return nil }
        guard let id = WorkspaceID(argument: text) else {
            throw CommandFailure(
                .usage, "TLAO_WORKSPACE='\(text)' is not the id of a workspace.",
                advice: ["Their ids: tlao workspace list"])
        }
        return id
    }

    /// An empty variable is taken for none.
    private static func text(_ name: String, in environment: [String: String]) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
