// SPDX-License-Identifier: Apache-2.0

import Glibc
import Processes
import Testing

/// How trees end, held together in either way.
@Suite(.timeLimit(.minutes(2)))
struct EndingTests {
    static let isolations: [HostedProcess.Isolation] = [.pidNamespace, .processTree]

    @Test(arguments: isolations)
    func `TERM ends a command`(isolation: HostedProcess.Isolation) async throws {
        try await Hosting.with { hosting in
            let configuration = hosting.script(
                "trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.01; done",
                isolation: isolation)
            let result = try await HostedProcess.run(configuration) { process in
                await process.awaitOutput("ready")
                process.terminate()
                return await process.awaitOutput("bye")
            }
            #expect(result.value.hasSuffix("bye\n"))
            #expect(result.outcome == .exited(code: 5))
        }
    }

    @Test(arguments: isolations)
    func `a command that ignores TERM is killed after the grace`(
        isolation: HostedProcess.Isolation
    ) async throws {
        try await Hosting.with { hosting in
            var configuration = hosting.script(
                "trap '' TERM; echo ready; while :; do sleep 0.01; done", isolation: isolation)
            configuration.terminationGrace = .milliseconds(200)
            let clock = ContinuousClock()
            let result = try await HostedProcess.run(configuration) { process in
                await process.awaitOutput("ready")
                let start = clock.now
                process.terminate()
                process.terminate()
                _ = await process.outcome
                return start.duration(to: clock.now)
            }
            #expect(result.outcome == .signaled(signal: SIGKILL))
            #expect(result.value >= configuration.terminationGrace)
        }
    }

    @Test(arguments: isolations)
    func `KILL does not wait for the grace`(isolation: HostedProcess.Isolation) async throws {
        try await Hosting.with { hosting in
            var configuration = hosting.script(
                "trap '' TERM; echo ready; while :; do sleep 0.01; done", isolation: isolation)
            configuration.terminationGrace = .seconds(3600)
            let result = try await HostedProcess.run(configuration) { process in
                await process.awaitOutput("ready")
                process.terminate()
                process.kill()
            }
            #expect(result.outcome == .signaled(signal: SIGKILL))
        }
    }

    @Test func `an interrupt reaches the command and ends nothing else`() async throws {
        try await Hosting.with { hosting in
            let configuration = hosting.script(
                "trap 'echo interrupted' INT; echo ready; while :; do sleep 0.01; done")
            let result = try await HostedProcess.run(configuration) { process in
                await process.awaitOutput("ready")
                process.interrupt()
                return await process.awaitOutput("interrupted")
            }
            #expect(result.value == "interrupted\n")
            #expect(result.outcome == .signaled(signal: SIGTERM))
        }
    }

    @Test(arguments: isolations)
    func `a stopped tree is ended`(isolation: HostedProcess.Isolation) async throws {
        try await Hosting.with { hosting in
            let configuration = hosting.script(
                "sh -c 'kill -STOP $$' & echo ready; kill -STOP $$", isolation: isolation)
            let result = try await HostedProcess.run(configuration) { process in
                await process.awaitOutput("ready")
            }
            #expect(result.outcome == .signaled(signal: SIGTERM))
        }
    }

    @Test(arguments: isolations)
    func `a daemon does not outlive its command`(isolation: HostedProcess.Isolation) async throws {
        try await Hosting.with { hosting in
            let script = """
                setsid sh -c 'trap "" TERM HUP; (setsid sleep 301 &); while :; do sleep 1; done' \
                    > /dev/null 2>&1 &
                echo started
                """
            let finished = try await hosting.finish(hosting.script(script, isolation: isolation))
            #expect(finished.output == "started\n")
            #expect(finished.outcome == .exited(code: 0))
        }
    }

    @Test(arguments: isolations)
    func `a tree that forks on is ended`(isolation: HostedProcess.Isolation) async throws {
        try await withTemporaryFolder { folder in
            try await Hosting.with { hosting in
                // Each is a session of its own, starts its successor and ends: never more than a
                // few at a time, never the same. Twenty such chains.
                let chain = try writeFile(
                    "\(folder)/chain", "#!/bin/sh\ntrap '' TERM\nsetsid \"$0\" &\n", mode: 0o755)
                let script = """
                    i=0; while [ $i -lt 20 ]; do "$1" & i=$((i + 1)); done; echo ready; sleep 300
                    """
                var configuration = hosting.script(script, [chain], isolation: isolation)
                configuration.terminationGrace = .milliseconds(100)
                let result = try await HostedProcess.run(configuration) { process in
                    await process.awaitOutput("ready")
                }
                // Which of the two it dies of depends on how soon the short grace is over.
                let ends: [HostedProcess.Outcome] = [
                    .signaled(signal: SIGTERM), .signaled(signal: SIGKILL),
                ]
                #expect(ends.contains(result.outcome))
            }
        }
    }

    @Test(arguments: isolations)
    func `cancelling ends the tree before the scope is left`(
        isolation: HostedProcess.Isolation
    ) async throws {
        try await Hosting.with { hosting in
            let configuration = hosting.script("sleep 300 & echo ready; wait", isolation: isolation)
            let (ready, announce) = AsyncStream.makeStream(of: Void.self)
            let outcome = try await withThrowingTaskGroup(of: HostedProcess.Outcome.self) { group in
                group.addTask {
                    try await HostedProcess.run(configuration) { process in
                        await process.awaitOutput("ready")
                        announce.yield()
                        _ = await process.outcome
                    }.outcome
                }
                for await _ in ready { break }
                group.cancelAll()
                return try await group.next()
            }
            #expect(outcome == .signaled(signal: SIGTERM))
        }
    }

    @Test func `an error of the body is thrown when the tree is gone`() async throws {
        struct Failure: Error {}
        try await Hosting.with { hosting in
            await #expect(throws: Failure.self) {
                try await HostedProcess.run(hosting.command(["sleep", "300"])) { _ in
                    throw Failure()
                }
            }
        }
    }

    @Test func `fifty at a time end each with its own code`() async throws {
        try await Hosting.with { hosting in
            let outcomes = try await withThrowingTaskGroup(of: (Int32, Finished).self) { group in
                for code in Int32(0)..<50 {
                    group.addTask {
                        let script = "read -r n; echo \"$n\"; exit \"$n\""
                        var configuration = hosting.script(script)
                        configuration.standardInput = .bytes(Array("\(code)\n".utf8))
                        return (code, try await hosting.finish(configuration))
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(outcomes.count == 50)
            for (code, finished) in outcomes {
                #expect(finished.outcome == .exited(code: code))
                #expect(finished.output == "\(code)\n")
            }
        }
    }
}
