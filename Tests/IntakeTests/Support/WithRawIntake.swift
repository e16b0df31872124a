// SPDX-License-Identifier: Apache-2.0

import HummingbirdTesting
import PropertyTesting

/// Runs `body` with Intake behind a real server on loopback, and its port.
func withRawIntake<Value: Sendable>(
    _ setting: IntakeScene.Setting = IntakeScene.Setting(),
    _ body: @Sendable (IntakeScene, _ port: Int) async throws -> Value
) async throws -> Value {
    var setting = setting
    setting.transport = .live
    return try await withIntake(setting) { scene, client in
        try await body(scene, requireValue(client.client.port, "The server has no port."))
    }
}
