// SPDX-License-Identifier: Apache-2.0

import PropertyTesting
import Storage
import TestSupport
import Testing

/// The contract of tables: after any transactions, every table answers as the reference does.
@Suite(.timeLimit(.minutes(5))) struct TableModelPropertyTests {
    @Test(arguments: TableImplementation.all)
    func `any sequence of transactions has the outcome it has on the reference`(
        implementation: TableImplementation
    ) async throws {
        try await implementation.withTable { table in
            await checkProperty(
                "\(implementation.testDescription) answers as the reference", TableScript.generator
            ) { script in
                try await script.compare(table, with: MemoryTable())
            }
        }
    }
}
