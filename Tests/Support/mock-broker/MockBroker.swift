// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import Kafka

/// Runs a mock Kafka broker with the topics named on the command line, each `NAME:PARTITIONS`.
///
/// Prints its address as one line on standard output. Then it takes commands from standard input,
/// one a line, and prints each once it is done: `down` disconnects all clients and refuses new ones,
/// `up` accepts them again. It ends when standard input is closed or with the signal TERM or INT.
/// Exit status 64 when an argument or a command can't be read.
@main
struct MockBroker {
    private enum Wish: String {
        case down, up, end
    }

    static func main() async throws {
        // Before anything else: whoever starts this may end it at once.
        let (wishes, sources) = wishes()
        let topics = CommandLine.arguments.dropFirst().map { topic($0) }
        let cluster = try await KafkaMockCluster()
        for (name, partitions) in topics {
            try await cluster.createTopic(name, partitions: partitions)
        }
        say(cluster.bootstrapServers)
        for await wish in wishes {
            switch wish {
            case .down: try await cluster.takeDown()
            case .up: try await cluster.bringUp()
            case .end: break
            }
            if wish == .end { break }
            say(wish.rawValue)
        }
        await cluster.close()
        withExtendedLifetime(sources) {}
    }

    private static func topic(_ argument: String) -> (name: String, partitions: Int) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let partitions = Int(parts[1]), partitions > 0
        else { refuse("\(argument) is not NAME:PARTITIONS") }
        return (String(parts[0]), partitions)
    }

    /// Yields what somebody wants; the sources of signals work as long as they are kept.
    private static func wishes() -> (
        wishes: AsyncStream<Wish>, sources: [any DispatchSourceSignal]
    ) {
        let (wishes, continuation) = AsyncStream.makeStream(
            of: Wish.self, bufferingPolicy: .bufferingOldest(1_000))
        let sources = [SIGTERM, SIGINT].map { number in
            // The default action would end the process before the source sees the signal.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield(.end) }
            source.resume()
            return source
        }
        // Reading blocks, so it has a thread of its own. It goes past the C library's streams: those
        // are locked while they are read, and whoever flushes all of them would wait for ever.
        Thread.detachNewThread {
            readCommands { continuation.yield($0) }
            continuation.yield(.end)
        }
        return (wishes, sources)
    }

    private static func readCommands(_ take: (Wish) -> Void) {
        var line: [UInt8] = []
        while true {
            let bytes = FileHandle.standardInput.availableData
            guard !bytes.isEmpty else { return }
            for byte in bytes {
                guard byte == UInt8(ascii: "\n") else {
                    line.append(byte)
                    continue
                }
                let text = String(decoding: line, as: UTF8.self)
                guard let wish = Wish(rawValue: text) else { refuse("\(text) is no command") }
                take(wish)
                line = []
            }
        }
    }

    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }

    private static func refuse(_ reason: String) -> Never {
        FileHandle.standardError.write(Data("mock-broker: \(reason)\n".utf8))
        exit(64)
    }
}
