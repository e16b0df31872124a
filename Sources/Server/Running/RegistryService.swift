// SPDX-License-Identifier: Apache-2.0

import Repositories
import ServiceLifecycle

/// Keeps the executor registry fresh, as one of the process's services.
struct RegistryService: Service {
    let registry: ExecutorRegistry

    func run() async throws {
        await cancelWhenGracefulShutdown { await registry.run() }
    }
}
