// SPDX-License-Identifier: Apache-2.0

import Access
import Model
import Repositories
import Seams
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct OwnershipTests {
    @Test func `an owner gets the workspace`() async throws {
        let scene = try await AccessScene()
        let user = scene.user()
        let workspace = try await store(workspaceOf: user, scene)
        let ownership = Ownership(workspaces: scene.workspaces)
        let found = try await ownership.require(
            workspace.id, of: try await scene.identity(of: user))
        #expect(found == workspace)
    }

    @Test(arguments: [User.Role.member, .admin])
    func `somebody else is refused, whatever the role`(_ role: User.Role) async throws {
        let scene = try await AccessScene()
        let workspace = try await store(workspaceOf: scene.user(), scene)
        let other = try await scene.identity(of: scene.user("eve", role: role))
        let ownership = Ownership(workspaces: scene.workspaces)
        await expectRefusal(.forbidden) { _ = try await ownership.require(workspace.id, of: other) }
    }

    @Test func `an unknown workspace is not found`() async throws {
        let scene = try await AccessScene()
        let identity = try await scene.identity(of: scene.user())
        let ownership = Ownership(workspaces: scene.workspaces)
        await expectRefusal(.notFound) {
            _ = try await ownership.require(scene.identifiers.next(), of: identity)
        }
    }

    @Test func `nothing is decided while the table can't be read`() async throws {
        let scene = try await AccessScene()
        let user = scene.user()
        let workspace = try await store(workspaceOf: user, scene)
        let identity = try await scene.identity(of: user)
        scene.table.failNextRead(.throttled)
        await expectRefusal(.undecided) {
            _ = try await Ownership(workspaces: scene.workspaces).require(
                workspace.id, of: identity)
        }
    }

    private func store(workspaceOf user: User, _ scene: AccessScene) async throws -> Workspace {
        let workspace = Workspace(
            id: scene.identifiers.next(), name: "A workspace", ownerID: user.id,
            createdAt: scene.time.now, updatedAt: scene.time.now)
        _ = try await scene.workspaces.create(workspace, owner: user.username)
        return workspace
    }
}
