namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>One entry of a job's exception history.</summary>
/// <param name="Failure">The exception.</param>
/// <param name="At">When it was reported.</param>
/// <param name="TaskName">Task with subtask, as <c>Source: numbers (1/2) - execution #0</c>; null for a failure of the whole job.</param>
/// <param name="TaskManagerId">Where the task ran, or null.</param>
/// <param name="Endpoint"><c>host:port</c> of the TaskManager, or null.</param>
public sealed record FlinkException(FlinkThrowable Failure, DateTimeOffset At, string? TaskName, string? TaskManagerId, string? Endpoint)
{
    /// <summary>Failures of single tasks that belong to this one.</summary>
    public IReadOnlyList<FlinkException> Concurrent { get; init; } = [];
}
