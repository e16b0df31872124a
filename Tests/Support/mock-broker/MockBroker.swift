// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import Kafka

/// Runs a mock Kafka broker with the topics named on the command line, each `NAME:PARTITIONS`.
///
/// Prints its address as one line on standard output, and ends when standard input is closed or
/// with the signal TERM or INT. Exit status 64 when an argument can't be read.
@main
struct MockBroker {
    static func main() async throws {
        // Before anything else: whoever starts this may end it at once.
        let (wishes, sources) = endOfWork()
        let topics = CommandLine.arguments.dropFirst().map { topic($0) }
        let cluster = try await KafkaMockCluster()
        for (name, partitions) in topics {
            try await cluster.createTopic(name, partitions: partitions)
        }
        print(cluster.bootstrapServers)
        fflush(nil)
        for await _ in wishes { break }
        await cluster.close()
        withExtendedLifetime(sources) {}
    }

    private static func topic(_ argument: String) -> (name: String, partitions: Int) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let partitions = Int(parts[1]), partitions > 0
        else {
            FileHandle.standardError.write(
                Data("mock-broker: \(argument) is not NAME:PARTITIONS\n".utf8))
            exit(64)
        }
        return (String(parts[0]), partitions)
    }

    /// Yields once somebody wants the broker to end; the sources work as long as they are kept.
    private static func endOfWork() -> (
        wishes: AsyncStream<Void>, sources: [any DispatchSourceSignal]
    ) {
        let (wishes, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingOldest(1))
        let sources = [SIGTERM, SIGINT].map { number in
            // The default action would end the process before the source sees the signal.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
        // Reading blocks, so it has a thread of its own.
        Thread.detachNewThread {
            while readLine() != nil {}
            continuation.yield()
        }
        return (wishes, sources)
    }
}
