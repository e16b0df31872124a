// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import Messaging
import Model
import Records

/// Tells clients on this machine, and whoever looks at the terminal, that everything is ready.
struct UpAnnouncement: Sendable {
    let folder: DataFolder
    let credentials: Credentials
    let brokers: String
    let source: KafkaRecordSource

    /// Writes `up.json` once everything that is said is also heard.
    func ready(at address: String) async {
        await source.waitUntilHeard([
            .runRequests, .runEvents, .executorHeartbeats,
        ])
        let file = UpFile(
            api: address, kafka: brokers, username: credentials.username,
            password: credentials.password,
            pid: getpid())
        do {
            try folder.write(try JSONText.bytes(file), to: folder.upPath)
        } catch {
            FailureOutput.write("\(folder.upPath) can't be written: \(error)")
        }
        StandardOutput.write("TLÁO Codex is up at \(address) (Kafka at \(brokers)).")
        StandardOutput.write(
            "Sign in as \(credentials.username); the password is in \(folder.credentialsPath).")
    }

    /// Takes `up.json` away: nothing is up any more.
    func withdraw() {
        try? FileManager.default.removeItem(atPath: folder.upPath)
    }
}
