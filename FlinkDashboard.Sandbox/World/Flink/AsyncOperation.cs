namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>What a trigger id stands for.</summary>
public enum AsyncOperationKind
{
    /// <summary>Savepoint, with or without stopping the job.</summary>
    Savepoint,

    /// <summary>Checkpoint on demand.</summary>
    Checkpoint,

    /// <summary>Savepoint disposal.</summary>
    Disposal,
}

/// <summary>
/// The state of a triggered operation, as the REST API would answer: in progress, or completed with a result, or completed with a
/// failure cause (Flink knows no third status).
/// </summary>
/// <param name="TriggerId">32 hexadecimal digits.</param>
/// <param name="Kind">What was triggered.</param>
/// <param name="JobId">The job; null for a disposal.</param>
public sealed record AsyncOperation(string TriggerId, AsyncOperationKind Kind, string? JobId)
{
    /// <summary>Still running: <c>IN_PROGRESS</c>.</summary>
    public bool InProgress => CompletedAt is null;

    /// <summary>Ended well: <c>COMPLETED</c> without failure cause.</summary>
    public bool Completed => CompletedAt is not null && Failure is null;

    /// <summary>Ended badly: <c>COMPLETED</c> with a failure cause.</summary>
    public bool Failed => Failure is not null;

    /// <summary>Path of the savepoint.</summary>
    public string? Location { get; init; }

    /// <summary>Id of the checkpoint.</summary>
    public long? CheckpointId { get; init; }

    /// <summary>The failure cause; its StackTrace is the text a client sees.</summary>
    public FlinkThrowable? Failure { get; init; }

    /// <summary>Text of the failure cause, or null.</summary>
    public string? FailureCause => Failure?.StackTrace;

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}
