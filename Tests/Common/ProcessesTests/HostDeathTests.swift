// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Processes

/// What is left when a worker or a host is killed: nothing.
@Suite(.timeLimit(.minutes(2)))
struct HostDeathTests {
    /// Descendants of every kind: in the group, in a session of its own, deaf to TERM, stopped.
    static let family = """
        sleep 301 &
        setsid sh -c 'trap "" TERM HUP; while :; do sleep 1; done' &
        sh -c 'kill -STOP $$' &
        """

    /// A worker killed by itself while its command runs.
    ///
    /// Exit tests run in a process of their own.
    @Test(arguments: ["namespace", "tree"])
    func `a killed worker leaves no process`(isolation: String) async throws {
        let mark = "worker-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        let host = try HostExecutable.locate()
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [mark = mark as String, host = host as String, isolation = isolation as String] in
            let hosting = Hosting(mark: mark, host: host)
            var configuration = hosting.script(
                HostDeathTests.family + "echo ready; wait",
                isolation: HostedProcess.Isolation(rawValue: isolation) ?? .pidNamespace)
            configuration.terminationGrace = .milliseconds(200)
            _ = try await HostedProcess.run(configuration) { process in
                let text = await process.awaitOutput("ready")
                // Anything but this signal would be a failed test.
                if text == "ready\n", MarkedProcesses.identifiers(mark).count >= 4 {
                    kill(getpid(), SIGKILL)
                }
            }
        }
        #expect(MarkedProcesses.areGone(mark, withinSeconds: 30))
    }

    /// In a namespace all of the family; without one, what stayed in the session.
    @Test(arguments: [HostedProcess.Isolation.pidNamespace, .processTree])
    func `a killed host leaves no process`(isolation: HostedProcess.Isolation) async throws {
        try await Hosting.with { hosting in
            let permitted = try await hosting.permitsNamespaces()
            let isWhole = permitted && isolation == .pidNamespace
            let descendants = isWhole ? Self.family : "sleep 301 & (sleep 302 &);"
            let configuration = hosting.script(
                descendants + "echo ready; wait", isolation: isolation)
            let result = try await HostedProcess.run(configuration) { process in
                await process.awaitOutput("ready")
                try await signalHost(of: process)
                _ = await process.outcome
            }
            #expect(result.outcome == .hostLost)
        }
    }

    @Test func `a host that was stopped by its command is given up`() async throws {
        try await Hosting.with { hosting in
            var configuration = hosting.script(
                "sleep 301 & kill -STOP $PPID; echo ready; wait", isolation: .processTree)
            configuration.terminationGrace = .milliseconds(100)
            configuration.hostPatience = .milliseconds(300)
            let result = try await HostedProcess.run(configuration) { process in
                await process.awaitOutput("ready")
            }
            #expect(result.outcome == .hostLost)
        }
    }

    @Test func `a TERM to the host ends the tree in order`() async throws {
        try await Hosting.with { hosting in
            for isolation in [HostedProcess.Isolation.pidNamespace, .processTree] {
                var configuration = hosting.script(
                    Self.family + "echo ready; wait", isolation: isolation)
                configuration.terminationGrace = .milliseconds(500)
                let result = try await HostedProcess.run(configuration) { process in
                    await process.awaitOutput("ready")
                    try await signalHost(of: process, SIGTERM)
                    return await process.outcome
                }
                #expect(result.outcome == .signaled(signal: SIGTERM))
            }
        }
    }

    /// Signals the host: the ancestor of the command that is a child of this process.
    ///
    /// Not found by its mark, because the host keeps its environment from others of the same user.
    private func signalHost(of process: HostedProcess, _ signal: Int32 = SIGKILL) async throws {
        var ancestor = try #require(await process.processIdentifier)
        var parent = try #require(MarkedProcesses.parent(of: ancestor))
        while parent != getpid(), parent > 1 {
            ancestor = parent
            parent = try #require(MarkedProcesses.parent(of: ancestor))
        }
        try #require(parent == getpid())
        kill(ancestor, signal)
    }
}
