// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// An agent whose runs are in many states at once, and which writes down each start and each end.
struct RestlessAgent: Sendable {
    /// What a run's prompt asks of it.
    enum Manner: String, CaseIterable {
        /// Works quietly.
        case plain
        /// Doesn't care about TERM.
        case stubborn
        /// Leaves children in sessions of their own behind.
        case family
        /// Writes all the time.
        case talking
    }

    let agent: ShellAgent
    private let starts: String
    private let ends: String

    init(in folder: String) throws {
        (starts, ends) = (folder + "/starts", folder + "/ends")
        agent = try ShellAgent(
            "restless", in: folder,
            environment: ["STARTS": starts, "ENDS": ends, "MARK": folder],
            script: """
                prompt=$1
                echo "$prompt" >>"$STARTS"
                echo "The agent begins."
                set -- $prompt
                case $2 in
                    plain) sleep "$3" ;;
                    stubborn) trap '' TERM; sleep "$3" ;;
                    family)
                        setsid sleep 600 &
                        setsid sh -c "trap '' TERM; sleep 600" &
                        sleep "$3"
                        ;;
                    talking)
                        left=$4
                        while [ "$left" -gt 0 ]; do
                            echo "$left to go"
                            sleep 0.1
                            left=$((left - 1))
                        done
                        ;;
                esac
                echo "$prompt" >file.txt
                echo "$prompt" >>"$ENDS"
                """)
    }

    /// A prompt that no other run has, for up to three seconds of work: a number, a manner, the
    /// time in seconds, and in tenths of them.
    static func prompt(
        _ number: Int, using random: inout some RandomNumberGenerator
    ) -> String {
        let manner = Manner.allCases.randomElement(using: &random) ?? .plain
        let tenths = Int.random(in: 0...30, using: &random)
        return "\(number) \(manner) \(tenths / 10).\(tenths % 10) \(tenths)"
    }

    /// The prompts of the runs that were begun, once for each time.
    var begun: [String] { Self.lines(starts) }
    /// The prompts of the runs that were worked to the end, once for each time.
    var finished: [String] { Self.lines(ends) }

    private static func lines(_ path: String) -> [String] {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }
}
