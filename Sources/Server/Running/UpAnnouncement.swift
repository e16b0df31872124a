// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import Messaging
import Model
import Records
import Seams
import ServiceLifecycle

/// Tells clients on this machine, and whoever looks at the terminal, that everything is ready.
struct UpAnnouncement: Sendable {
    let folder: DataFolder
    let credentials: Credentials
    let brokers: String
    let source: KafkaRecordSource
    let time: any TimeSource

    /// For how long the brokers may keep the announcement waiting.
    private static let patience: Duration = .seconds(10)

    /// Writes `up.json` once everything that is said is also heard.
    ///
    /// While Kafka is away runs are accepted all the same, so it is not waited for much longer than
    /// it takes to connect. Nothing is announced once the process has been asked to end.
    func ready(at address: String) async {
        guard let isHeard = await cancelWhenGracefulShutdown({ await waitForKafka() }) else {
            return
        }
        let file = UpFile(
            api: address, kafka: brokers, username: credentials.username,
            password: credentials.password,
            pid: getpid())
        do {
            try folder.write(try JSONText.bytes(file), to: folder.upPath)
        } catch {
            FailureOutput.write("\(folder.upPath) can't be written: \(error)")
        }
        let state = isHeard ? "" : ", away at the moment: runs wait for it"
        StandardOutput.write("TLÁO Codex is up at \(address) (Kafka at \(brokers)\(state)).")
        StandardOutput.write(
            "Sign in as \(credentials.username); the password is in \(folder.credentialsPath).")
    }

    /// Answers whether everything is heard before the patience is over; nil when the task is cancelled.
    private func waitForKafka() async -> Bool? {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await source.waitUntilHeard([.runRequests, .runEvents, .executorHeartbeats])
                return true
            }
            group.addTask {
                // Cancelled by the other's success, or from outside: either way there is no more to
                // wait for.
                try? await time.sleep(for: Self.patience)
                return false
            }
            let isHeard = await group.next() ?? false
            group.cancelAll()
            return Task.isCancelled ? nil : isHeard
        }
    }

    /// Takes `up.json` away: nothing is up any more.
    func withdraw() {
        try? FileManager.default.removeItem(atPath: folder.upPath)
    }
}
