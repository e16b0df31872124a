// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Glibc

/// Calls a handler, on a thread of Dispatch, instead of letting a signal end the process.
final class InterruptSource {
    private let source: any DispatchSourceSignal
    private let number: Int32

    init(_ number: Int32, _ handler: @escaping @Sendable () -> Void) {
        self.number = number
        signal(number, SIG_IGN)
        source = DispatchSource.makeSignalSource(
            signal: number, queue: DispatchQueue(label: "tlao.signals"))
        source.setEventHandler(handler: handler)
        source.resume()
    }

    /// Lets the signal end the process again.
    func cancel() {
        source.cancel()
        signal(number, SIG_DFL)
    }
}
