// SPDX-License-Identifier: Apache-2.0

import Glibc
import Processes
import Testing

/// What is read, how much of it is held, and when it ends.
@Suite(.timeLimit(.minutes(2)))
struct OutputTests {
    @Test func `both streams are read, and told apart`() async throws {
        try await Hosting.with { hosting in
            let finished = try await hosting.finish(
                hosting.script("echo one; echo two >&2; echo three; exit 3"))
            #expect(finished.output == "one\nthree\n")
            #expect(finished.error == "two\n")
            #expect(finished.outcome == .exited(code: 3))
        }
    }

    @Test func `what was written just before the end is not lost`() async throws {
        try await Hosting.with { hosting in
            let finished = try await hosting.finish(
                hosting.script("head -c 60000 /dev/zero | tr '\\0' x; kill -9 $$"))
            #expect(finished.output.utf8.count == 60000)
            #expect(finished.outcome == .signaled(signal: SIGKILL))
        }
    }

    @Test func `a grandchild that keeps the pipe does not delay the end`() async throws {
        try await Hosting.with { hosting in
            for isolation in [HostedProcess.Isolation.pidNamespace, .processTree] {
                let finished = try await hosting.finish(
                    hosting.script("sleep 300 & echo done", isolation: isolation))
                #expect(finished.output == "done\n")
                #expect(finished.outcome == .exited(code: 0))
            }
        }
    }

    @Test func `a command that closes its output goes on`() async throws {
        try await withTemporaryFolder { folder in
            try await Hosting.with { hosting in
                let script = """
                    mkfifo "$1/go"; echo bye; exec >&- 2>&-; read -r line < "$1/go"
                    echo "$line" > "$1/proof"; exit 7
                    """
                let result = try await HostedProcess.run(hosting.script(script, [folder])) {
                    process in
                    let text = await process.awaitOutput("bye\n")
                    try writeFile("\(folder)/go", "lived on\n")
                    return text + (await process.awaitOutput("nothing more"))
                }
                #expect(result.value == "bye\n")
                #expect(result.outcome == .exited(code: 7))
                #expect(MarkedProcesses.content(of: "\(folder)/proof") == "lived on\n")
            }
        }
    }

    @Test func `a slow reader holds the writer back, and memory stays constant`() async throws {
        let total = 100 * 1024 * 1024
        try await Hosting.with { hosting in
            let configuration = hosting.command(["head", "-c", String(total), "/dev/zero"])
            let before = try #require(MarkedProcesses.statusKilobytes("VmRSS"))
            var most = before
            let result = try await HostedProcess.run(configuration) { process in
                var count = 0
                var pieces = 0
                for await piece in process.output {
                    count += piece.bytes.count
                    pieces += 1
                    for _ in 0..<20 { await Task.yield() }
                    if pieces.isMultiple(of: 100) {
                        most = max(most, MarkedProcesses.statusKilobytes("VmRSS") ?? 0)
                    }
                }
                return count
            }
            #expect(result.value == total)
            #expect(result.outcome == .exited(code: 0))
            // Other tests run in this process too: far below the flood, far above the buffer.
            #expect(most - before < 64 * 1024)
        }
    }

    @Test func `a command whose output nobody takes is stopped by its pipe`() async throws {
        try await withTemporaryFolder { folder in
            try await Hosting.with { hosting in
                // Without back-pressure it would reach its end and say so.
                let script = "head -c 4000000 /dev/zero; echo reached > \"$1/end\""
                var configuration = hosting.script(script, [folder])
                configuration.outputBufferBytes = 64 * 1024
                let result = try await HostedProcess.run(configuration) { process in
                    var first: Int?
                    for await piece in process.output {
                        first = piece.bytes.count
                        break
                    }
                    return first
                }
                #expect(result.value != nil)
                #expect(result.outcome == .signaled(signal: SIGTERM))
                #expect(MarkedProcesses.content(of: "\(folder)/end") == "")
            }
        }
    }

    @Test func `reading ends when the reading task is cancelled`() async throws {
        try await Hosting.with { hosting in
            let result = try await HostedProcess.run(hosting.command(["sleep", "300"])) { process in
                _ = await process.processIdentifier
                return await withTaskGroup(of: Int.self) { group in
                    group.addTask {
                        var count = 0
                        for await piece in process.output { count += piece.bytes.count }
                        return count
                    }
                    group.cancelAll()
                    return await group.next() ?? -1
                }
            }
            #expect(result.value == 0)
        }
    }
}
