// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Model

/// Times and durations as people read them.
enum TimeText {
    /// How long ago a time was; after a week its day.
    static func age(of time: Timestamp, at now: Timestamp = .current) -> String {
        let seconds = (now.milliseconds - time.milliseconds) / 1_000
        return switch seconds {
        case ..<1: "now"
        case ..<60: "\(seconds) s ago"
        case ..<3_600: "\(seconds / 60) min ago"
        case ..<86_400: "\(seconds / 3_600) h ago"
        case ..<604_800: "\(seconds / 86_400) d ago"
        default: "\(time.day)"
        }
    }

    /// How long something took: 0.4 s, 12 s, 3 min 05 s, 1 h 02 min.
    static func duration(_ duration: Duration) -> String {
        let milliseconds =
            max(0, duration.components.seconds * 1_000)
            + max(0, duration.components.attoseconds / 1_000_000_000_000_000)
        let seconds = milliseconds / 1_000
        return switch seconds {
        case ..<10: "\(seconds).\(milliseconds % 1_000 / 100) s"
        case ..<60: "\(seconds) s"
        case ..<3_600: "\(seconds / 60) min \(twoDigits(seconds % 60)) s"
        default: "\(seconds / 3_600) h \(twoDigits(seconds / 60 % 60)) min"
        }
    }

    private static func twoDigits(_ number: Int64) -> String {
        (number < 10 ? "0" : "") + String(number)
    }
}

extension Timestamp {
    /// The time on this machine's clock.
    static var current: Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    }
}
