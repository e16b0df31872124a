// SPDX-License-Identifier: Apache-2.0

import Model

/// What `tlao` remembers between commands: where it is signed in, and as whom.
///
/// The token and the workspace belong to the address beside them, and are used for no other.
struct StoredConfiguration: Codable, Equatable, Sendable {
    var api: String?
    var username: String?
    var token: String?
    var tokenExpiresAt: Timestamp?
    var workspace: WorkspaceID?
}
