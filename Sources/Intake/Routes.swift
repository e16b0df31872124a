// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// The table of contents of the HTTP API; everything else answers 404.
struct Routes {
    let dependencies: IntakeDependencies
    let workers: WorkerWatch
    let creations: WorkspaceQueue

    /// Makes the router: what needs no token, then what does.
    func makeRouter() -> Router<IntakeRequestContext> {
        let router = Router(context: IntakeRequestContext.self)
        router.add(
            middleware: CorrelationMiddleware(
                identifiers: dependencies.identifiers, time: dependencies.time,
                logger: dependencies.logger))
        addOpenRoutes(to: router)
        addRoutes(
            to: router.group().add(
                middleware: AuthenticationMiddleware(authenticator: dependencies.authenticator)))
        return router
    }

    private func addOpenRoutes(to router: Router<IntakeRequestContext>) {
        let dependencies = dependencies
        router.get("healthz", use: ShowHealth().respond)
        router.get("readyz", use: ShowReadiness(dependencies: dependencies).respond)
        router.post("auth/login", use: Login(dependencies: dependencies).respond)
        guard let check = dependencies.checkObjectURL else { return }
        router.get(
            "objects/**", use: DownloadObject(dependencies: dependencies, check: check).respond)
        router.put(
            "objects/**", use: UploadObject(dependencies: dependencies, check: check).respond)
    }

    private func addRoutes(to router: RouterGroup<IntakeRequestContext>) {
        let dependencies = dependencies
        let access = ResourceAccess(
            runs: dependencies.runs, workspaces: dependencies.workspaces,
            ownership: dependencies.ownership)
        router.get("auth/me", use: ShowIdentity(access: access).respond)

        router.post(
            "workspaces", use: CreateWorkspace(dependencies: dependencies, access: access).respond)
        router.get(
            "workspaces", use: ListWorkspaces(dependencies: dependencies, access: access).respond)
        router.get(
            "workspaces/:id", use: ShowWorkspace(dependencies: dependencies, access: access).respond
        )
        router.get(
            "workspaces/:id/usage",
            use: ShowUsage(dependencies: dependencies, access: access).respond)
        router.post(
            "workspaces/:id/archive",
            use: ReceiveArchive(dependencies: dependencies, access: access).respond)

        router.post("tasks", use: CreateTask(dependencies: dependencies, access: access).respond)
        router.get("tasks", use: ListTasks(dependencies: dependencies, access: access).respond)
        router.get("tasks/:id", use: ShowTask(dependencies: dependencies, access: access).respond)

        router.post(
            "runs",
            use: CreateRun(dependencies: dependencies, access: access, creations: creations).respond
        )
        router.get("runs", use: ListRuns(dependencies: dependencies, access: access).respond)
        router.get("runs/:id", use: ShowRun(dependencies: dependencies, access: access).respond)
        router.get(
            "runs/:id/steps", use: ListSteps(dependencies: dependencies, access: access).respond)
        router.get("runs/:id/log", use: ShowLog(dependencies: dependencies, access: access).respond)
        router.get(
            "runs/:id/artifacts",
            use: ListRunArtifacts(dependencies: dependencies, access: access).respond)

        router.get(
            "artifacts", use: ListArtifacts(dependencies: dependencies, access: access).respond)
        router.get(
            "artifacts/:id", use: ShowArtifact(dependencies: dependencies, access: access).respond)

        router.get(
            "executors", use: ListExecutors(dependencies: dependencies, workers: workers).respond)
        router.put(
            "executors/:name",
            use: PutExecutor(dependencies: dependencies, access: access, workers: workers).respond)
        router.delete(
            "executors/:name",
            use: DeleteExecutor(dependencies: dependencies, access: access).respond)
    }
}
