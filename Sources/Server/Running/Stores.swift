// SPDX-License-Identifier: Apache-2.0

import Repositories
import Seams
import Storage

/// The record store and what is built on it.
struct Stores: Sendable {
    let table: any Table
    let transactions: Transactions
    let runs: RunStore
    let workspaces: WorkspaceStore
    let users: UserStore
    let executors: ExecutorStore
    let time: any TimeSource
    let identifiers: any IdentifierSource
    let random: any RandomSource

    init(table: any Table) {
        self.table = table
        time = SystemTime()
        random = SystemRandom()
        identifiers = SystemIdentifiers(time: time, random: random)
        transactions = Transactions(table: table, time: time, random: random)
        runs = RunStore(transactions: transactions, identifiers: identifiers)
        workspaces = WorkspaceStore(transactions: transactions)
        users = UserStore(transactions: transactions)
        executors = ExecutorStore(table: table)
    }
}
