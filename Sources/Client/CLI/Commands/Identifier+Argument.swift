// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import Model

extension Identifier: ExpressibleByArgument {
    /// Takes an id as the API writes it, in either case.
    public init?(argument: String) {
        self.init(validating: argument.lowercased())
    }
}
