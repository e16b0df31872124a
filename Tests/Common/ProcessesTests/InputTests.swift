// SPDX-License-Identifier: Apache-2.0

import Glibc
import Processes
import Testing

/// What a command reads.
@Suite(.timeLimit(.minutes(1)))
struct InputTests {
    @Test func `without input there is an end at once`() async throws {
        try await Hosting.with { hosting in
            let finished = try await hosting.finish(hosting.command(["cat"]))
            #expect(finished.output == "")
            #expect(finished.outcome == .exited(code: 0))
        }
    }

    @Test func `bytes are read to the last, then there is an end`() async throws {
        try await Hosting.with { hosting in
            var configuration = hosting.command(["wc", "-c"])
            configuration.standardInput = .bytes([UInt8](repeating: 120, count: 3_000_000))
            let output = try await hosting.finish(configuration).output
            #expect(output == "3000000\n")
            configuration.standardInput = .bytes([])
            let nothing = try await hosting.finish(configuration).output
            #expect(nothing == "0\n")
        }
    }

    @Test func `bytes that are not read are no error`() async throws {
        try await Hosting.with { hosting in
            var configuration = hosting.command(["true"])
            configuration.standardInput = .bytes([UInt8](repeating: 120, count: 3_000_000))
            let outcome = try await hosting.finish(configuration).outcome
            #expect(outcome == .exited(code: 0))
        }
    }

    @Test func `a file is read`() async throws {
        try await withTemporaryFolder { folder in
            try await Hosting.with { hosting in
                var configuration = hosting.command(["cat"])
                configuration.standardInput = .file(
                    path: try writeFile("\(folder)/prompt", "hello"))
                let output = try await hosting.finish(configuration).output
                #expect(output == "hello")
                configuration.standardInput = .file(path: "\(folder)/missing")
                let error = await #expect(throws: ProcessError.self) {
                    try await hosting.finish(configuration)
                }
                #expect(error?.code == .inputNotReadable)
            }
        }
    }

    @Test func `a conversation goes back and forth`() async throws {
        try await Hosting.with { hosting in
            var configuration = hosting.script("while read -r line; do echo \"got $line\"; done")
            configuration.standardInput = .stream
            let result = try await HostedProcess.run(configuration) { process in
                for word in ["one", "two", "three"] {
                    try await process.input.write(Array("\(word)\n".utf8))
                    #expect(await process.awaitOutput("\n") == "got \(word)\n")
                }
                process.input.close()
                return await process.outcome
            }
            #expect(result.outcome == .exited(code: 0))
        }
    }

    @Test func `writing waits for a process that does not read`() async throws {
        try await Hosting.with { hosting in
            var configuration = hosting.script("read -r line; echo \"$line\"; wc -c")
            configuration.standardInput = .stream
            let result = try await HostedProcess.run(configuration) { process in
                let large = [UInt8](repeating: 120, count: 1_000_000)
                try await process.input.write(Array("go\n".utf8))
                try await process.input.write(large)
                process.input.close()
                return await process.awaitOutput("1000000")
            }
            #expect(result.value.contains("go\n"))
            #expect(result.value.contains("1000000"))
        }
    }

    @Test func `writing to a process that has closed its input is an error`() async throws {
        try await Hosting.with { hosting in
            var configuration = hosting.script("exec <&-; echo closed; sleep 300")
            configuration.standardInput = .stream
            let result = try await HostedProcess.run(configuration) { process in
                await process.awaitOutput("closed")
                // The first may still find room in the pipe.
                let error = await #expect(throws: ProcessError.self) {
                    while true { try await process.input.write([1]) }
                }
                #expect(error?.code == .inputClosed)
            }
            #expect(result.outcome == .signaled(signal: SIGTERM))
        }
    }

    @Test func `a cancelled writer is let go`() async throws {
        try await Hosting.with { hosting in
            var configuration = hosting.command(["sleep", "300"])
            configuration.standardInput = .stream
            _ = try await HostedProcess.run(configuration) { process in
                let code = await withTaskGroup(of: ProcessError.Code?.self) { group in
                    group.addTask {
                        do throws(ProcessError) {
                            try await process.input.write([UInt8](repeating: 1, count: 1_000_000))
                            return nil
                        } catch {
                            return error.code
                        }
                    }
                    group.cancelAll()
                    return await group.next() ?? nil
                }
                #expect(code == .cancelled)
            }
        }
    }

    @Test func `an input that is no stream refuses`() async throws {
        try await Hosting.with { hosting in
            _ = try await HostedProcess.run(hosting.command(["true"])) { process in
                let error = await #expect(throws: ProcessError.self) {
                    try await process.input.write([1])
                }
                #expect(error?.code == .inputClosed)
            }
        }
    }
}
