// SPDX-License-Identifier: Apache-2.0
import Logging

extension Logger {
    /// Writes one of librdkafka's lines.
    ///
    /// What it calls an error is a warning here, for librdkafka goes on and tries again.
    func logRdKafka(_ event: borrowing EventHandle) {
        guard let line = event.logLine else { return }
        let level: Logger.Level =
            switch line.severity {
            // Properties of another role share one dictionary by design.
            case _ where line.facility == "CONFWARN": .debug
            case ...2: .error
            case 3: .warning
            case 4...6: .debug
            default: .trace
            }
        log(
            level: level, "librdkafka",
            metadata: ["facility": .string(line.facility), "text": .string(line.text)])
    }
}
