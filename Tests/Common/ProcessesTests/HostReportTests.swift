// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Processes

/// The host's lines, and what is made of lines that it never says.
@Suite(.timeLimit(.minutes(1)))
struct HostReportTests {
    @Test func `every report is understood`() {
        let started = StartedProcess(processIdentifier: 12, session: 11, isolation: .pidNamespace)
        #expect(HostReport(line: "started 12 11 namespace") == .started(started))
        #expect(HostReport(line: "exited 3") == .exited(code: 3))
        #expect(HostReport(line: "signaled 9") == .signaled(signal: 9))
        #expect(HostReport(line: "gone") == .gone)
    }

    @Test(arguments: [
        ("failed 2 exec No such file or directory", HostedProcess.StartFailure.Kind.notFound),
        ("failed 2 interpreter No such file or directory", .notExecutable),
        ("failed 13 exec Permission denied", .notExecutable),
        ("failed 7 exec Argument list too long", .argumentsTooLong),
        ("failed 2 working-directory No such file or directory", .workingDirectory),
        ("failed 11 fork Resource temporarily unavailable", .other),
    ])
    func `a failed start has its kind`(line: String, kind: HostedProcess.StartFailure.Kind) throws {
        guard case .failed(let failure) = HostReport(line: line[...]) else {
            Issue.record("No failure in: \(line)")
            return
        }
        #expect(failure.kind == kind)
    }

    @Test(arguments: [
        "", " ", "started", "started x 1 tree", "started 1", "exited", "exited 99999999999",
        "failed 2", "hello",
    ])
    func `an unknown line is passed over`(line: String) {
        #expect(HostReport(line: line[...]) == nil)
    }
}
