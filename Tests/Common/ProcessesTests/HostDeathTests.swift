// SPDX-License-Identifier: Apache-2.0

import Glibc
import Processes
import Testing

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
                if text == "ready\n", MarkedProcesses.identifiers(mark).count >= 5 {
                    kill(getpid(), SIGKILL)
                }
            }
        }
        #expect(MarkedProcesses.areGone(mark, withinSeconds: 30))
    }

    @Test func `a killed host takes its namespace with it`() async throws {
        try await Hosting.with { hosting in
            let configuration = hosting.script(Self.family + "echo ready; wait")
            let result = try await HostedProcess.run(configuration) { process in
                await process.awaitOutput("ready")
                try killHost(of: hosting)
                return await process.outcome
            }
            #expect(result.outcome == .hostLost)
            #expect(MarkedProcesses.areGone(hosting.mark, withinSeconds: 30))
        }
    }

    @Test func `a killed host without a namespace leaves nothing of its session`() async throws {
        try await Hosting.with { hosting in
            let configuration = hosting.script(
                "sleep 301 & (sleep 302 &) ; echo ready; wait", isolation: .processTree)
            let result = try await HostedProcess.run(configuration) { process in
                await process.awaitOutput("ready")
                try killHost(of: hosting)
                return await process.outcome
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
                    try killHost(of: hosting, by: SIGTERM)
                    return await process.outcome
                }
                #expect(result.outcome == .signaled(signal: SIGTERM))
            }
        }
    }

    /// The host is the marked process whose parent this process is.
    private func killHost(of hosting: Hosting, by signal: Int32 = SIGKILL) throws {
        let host = MarkedProcesses.identifiers(hosting.mark).first { identifier in
            let status = MarkedProcesses.content(of: "/proc/\(identifier)/stat")
            let fields = status.split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 1 && pid_t(fields[1]) == getpid()
        }
        kill(try #require(host), signal)
    }
}
