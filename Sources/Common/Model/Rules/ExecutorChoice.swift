// SPDX-License-Identifier: Apache-2.0

/// Chooses executors for a run from the registry.
public enum ExecutorChoice {
    /// The executors that may do the work, the preferred one first; never empty.
    ///
    /// Those are the active ones that support the task type, or, when one is asked for by name, that one
    /// alone. The more specialised come first (those that support fewer types), then goes the name.
    ///
    /// - Throws: ``NoExecutor`` when none may.
    public static func candidates(
        for taskType: TaskType, requested name: String? = nil, in registry: [ExecutorRecord]
    ) throws(NoExecutor) -> [ExecutorRecord] {
        let able =
            registry
            .filter { $0.status == .active && $0.supportedTaskTypes.contains(taskType) }
            .sorted(by: isPreferred)
        let candidates = name.map { name in able.filter { $0.executorName == name } } ?? able
        guard candidates.isEmpty else { return candidates }
        throw NoExecutor(
            taskType: taskType, reason: reason(name, in: registry),
            alternatives: able.map(\.executorName))
    }

    private static func isPreferred(_ left: ExecutorRecord, _ right: ExecutorRecord) -> Bool {
        let (leftBreadth, rightBreadth) = (breadth(left), breadth(right))
        return leftBreadth == rightBreadth
            ? left.executorName < right.executorName : leftBreadth < rightBreadth
    }

    private static func breadth(_ record: ExecutorRecord) -> Int {
        Set(record.supportedTaskTypes).count
    }

    private static func reason(_ name: String?, in registry: [ExecutorRecord]) -> NoExecutor.Reason
    {
        guard let name else { return .noneSupportsType }
        guard let record = registry.first(where: { $0.executorName == name }) else {
            return .unknown(name)
        }
        return record.status == .active ? .typeNotSupported(name) : .inactive(name)
    }
}
