// SPDX-License-Identifier: Apache-2.0

import Glibc

extension HostedProcess.StartFailure {
    /// The failure that the host means by one of its stages.
    init(stage: Substring, systemError: Int32, message: Substring) {
        let (kind, reason): (Kind, String) =
            switch (stage, systemError) {
            case ("exec", E2BIG):
                (.argumentsTooLong, Self.argumentsTooLong.reason)
            case ("exec", ENOENT), ("exec", ENOTDIR):
                (.notFound, "The program was not found.")
            case ("interpreter", _):
                (.notExecutable, "The interpreter on the program's first line was not found.")
            case ("exec", EACCES), ("exec", ENOEXEC), ("exec", EPERM):
                (.notExecutable, "The program can't be executed: \(message).")
            case ("working-directory", _):
                (.workingDirectory, "The working directory can't be entered: \(message).")
            default:
                (.other, "The program could not be started (\(stage)): \(message).")
            }
        self.init(kind: kind, systemError: systemError, reason: reason)
    }

    static let argumentsTooLong = HostedProcess.StartFailure(
        kind: .argumentsTooLong, systemError: E2BIG,
        reason: "Arguments and environment are longer than the system takes.")
}
