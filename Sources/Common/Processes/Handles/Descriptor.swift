// SPDX-License-Identifier: Apache-2.0

import CProcesses
import Glibc

/// Owns one file descriptor and closes it when it ends.
///
/// Every descriptor made here closes on exec, from the system call that makes it on: so none can
/// reach a process that another thread happens to start.
struct Descriptor: ~Copyable {
    /// Lent to system calls; whoever keeps it must end before the owner does.
    let number: Int32

    /// Takes over a descriptor that is open.
    private init(owning number: Int32) {
        self.number = number
    }

    deinit {
        Glibc.close(number)
    }

    /// The two ends of a pair.
    struct Pair: ~Copyable {
        let first: Descriptor
        let second: Descriptor
    }

    /// A pipe: the first end reads, the second writes.
    static func pipe() throws(ProcessError) -> Pair {
        var ends: [Int32] = [-1, -1]
        guard tlao_pipe(&ends) == 0 else { throw .exhausted("pipe", errno) }
        return pair(ends)
    }

    /// A connected pair of stream sockets.
    static func socketPair() throws(ProcessError) -> Pair {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw .exhausted("socket", errno) }
        return pair(ends)
    }

    /// A counter that polls as readable while it isn't zero.
    static func event() throws(ProcessError) -> Descriptor {
        let number = tlao_event()
        guard number >= 0 else { throw .exhausted("event", errno) }
        return Descriptor(owning: number)
    }

    /// A file, for reading.
    static func reading(path: String) throws(ProcessError) -> Descriptor {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else {
            throw ProcessError(
                .inputNotReadable, "The file for the standard input can't be opened.",
                systemError: errno)
        }
        return Descriptor(owning: number)
    }

    /// Makes reading and writing return at once.
    ///
    /// It is a property of this end alone.
    func setNonBlocking() {
        _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
    }

    /// The same at a number that is none of the standard streams nor the control socket: those are
    /// overwritten in the child, one after the other.
    consuming func movedUp() throws(ProcessError) -> Descriptor {
        guard number < 10 else { return self }
        let moved = fcntl(number, F_DUPFD_CLOEXEC, 10)
        guard moved >= 0 else { throw .exhausted("descriptor", errno) }
        return Descriptor(owning: moved)
    }

    private static func pair(_ ends: [Int32]) -> Pair {
        Pair(first: Descriptor(owning: ends[0]), second: Descriptor(owning: ends[1]))
    }
}

extension ProcessError {
    fileprivate static func exhausted(_ what: String, _ systemError: Int32) -> ProcessError {
        ProcessError(
            .resourcesExhausted, "The system gives no \(what).", systemError: systemError)
    }
}
