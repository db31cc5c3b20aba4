namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>One checkpoint or savepoint of a job.</summary>
/// <param name="Id">Counted from 1 over the life of the job (restored jobs go on counting).</param>
/// <param name="TriggeredAt">When the coordinator triggered it.</param>
public sealed record FlinkCheckpoint(long Id, DateTimeOffset TriggeredAt)
{
    /// <summary><c>IN_PROGRESS</c>, <c>COMPLETED</c> or <c>FAILED</c>.</summary>
    public string Status { get; init; } = "IN_PROGRESS";

    /// <summary>A savepoint, not a checkpoint.</summary>
    public bool IsSavepoint => Type.EndsWith("SAVEPOINT", StringComparison.Ordinal);

    /// <summary><c>CHECKPOINT</c>, <c>UNALIGNED_CHECKPOINT</c>, <c>SAVEPOINT</c> or <c>SYNC_SAVEPOINT</c> (of a stop).</summary>
    public string Type { get; init; } = "CHECKPOINT";

    /// <summary><c>CANONICAL</c> or <c>NATIVE</c>; null for checkpoints.</summary>
    public string? SavepointFormat { get; init; }

    /// <summary>When the last task acknowledged it; null while none has.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When it failed.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>Why it failed.</summary>
    public string? FailureMessage { get; init; }

    /// <summary>Bytes of state it refers to.</summary>
    public long StateSize { get; init; }

    /// <summary>Bytes it wrote (less than the state with incremental checkpoints).</summary>
    public long CheckpointedSize { get; init; }

    /// <summary>Bytes processed while barriers were aligned.</summary>
    public long ProcessedData { get; init; }

    /// <summary>Bytes of in-flight data stored (unaligned checkpoints).</summary>
    public long PersistedData { get; init; }

    /// <summary>Tasks that take part.</summary>
    public int Subtasks { get; init; }

    /// <summary>Tasks that acknowledged.</summary>
    public int AcknowledgedSubtasks { get; init; }

    /// <summary>External path, as <c>file:/…</c>; null until completed.</summary>
    public string? Path { get; init; }

    /// <summary>Subsumed by a newer one and deleted.</summary>
    public bool Discarded { get; init; }

    /// <summary>From trigger to last acknowledgement.</summary>
    public TimeSpan? Duration => (AcknowledgedAt ?? FailedAt) - TriggeredAt;
}

/// <summary>What a job was restored from.</summary>
/// <param name="Id">Checkpoint id.</param>
/// <param name="At">When it was restored.</param>
/// <param name="IsSavepoint">From a savepoint.</param>
/// <param name="Path">External path.</param>
public sealed record RestoredCheckpoint(long Id, DateTimeOffset At, bool IsSavepoint, string Path);
