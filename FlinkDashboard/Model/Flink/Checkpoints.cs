using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Flink;

/// <summary><c>/jobs/ID/checkpoints</c>: since this JobManager runs the job.</summary>
public sealed record CheckpointStatistics
{
    /// <summary>How many.</summary>
    public CheckpointCounts Counts { get; init => field = value ?? new(); } = new();

    /// <summary>Sizes and durations of completed ones.</summary>
    public CheckpointSummary Summary { get; init => field = value ?? new(); } = new();

    /// <summary>The newest of each kind.</summary>
    public LatestCheckpoints Latest { get; init => field = value ?? new(); } = new();

    /// <summary>Newest first, at most <c>web.checkpoints.history</c> (10).</summary>
    public IReadOnlyList<Checkpoint> History { get; init => field = value ?? []; } = [];
}

/// <summary>Counts of checkpoints, savepoints included.</summary>
public sealed record CheckpointCounts
{
    /// <summary>Times the job was restored.</summary>
    public long Restored { get; init; }

    /// <summary>Triggered, also those that failed before they had an id.</summary>
    public long Total { get; init; }

    /// <summary>Under way.</summary>
    public long InProgress { get; init; }

    /// <summary>Completed.</summary>
    public long Completed { get; init; }

    /// <summary>Failed.</summary>
    public long Failed { get; init; }
}

/// <summary>Spread of each measure over completed checkpoints. Bytes and milliseconds.</summary>
public sealed record CheckpointSummary
{
    /// <summary>Bytes written (since 1.16).</summary>
    public Spread CheckpointedSize { get; init => field = value ?? Spread.None; } = Spread.None;

    /// <summary>Bytes of state.</summary>
    public Spread StateSize { get; init => field = value ?? Spread.None; } = Spread.None;

    /// <summary>Milliseconds from trigger to last acknowledgement.</summary>
    public Spread EndToEndDuration { get; init => field = value ?? Spread.None; } = Spread.None;

    /// <summary>Always zero.</summary>
    public Spread AlignmentBuffered { get; init => field = value ?? Spread.None; } = Spread.None;

    /// <summary>Bytes processed while barriers were aligned.</summary>
    public Spread ProcessedData { get; init => field = value ?? Spread.None; } = Spread.None;

    /// <summary>Bytes of in-flight data stored.</summary>
    public Spread PersistedData { get; init => field = value ?? Spread.None; } = Spread.None;
}

/// <summary>Minimum, maximum, average and percentiles; percentiles are NaN while there is nothing to count.</summary>
public sealed record Spread
{
    /// <summary>Nothing counted.</summary>
    public static Spread None { get; } = new() { P50 = double.NaN, P90 = double.NaN, P95 = double.NaN, P99 = double.NaN, P999 = double.NaN };

    /// <summary>Least.</summary>
    public long Min { get; init; }

    /// <summary>Most.</summary>
    public long Max { get; init; }

    /// <summary>Mean.</summary>
    public long Avg { get; init; }

    /// <summary>Median.</summary>
    public double P50 { get; init; }

    /// <summary>90 of 100 are below.</summary>
    public double P90 { get; init; }

    /// <summary>95 of 100 are below.</summary>
    public double P95 { get; init; }

    /// <summary>99 of 100 are below.</summary>
    public double P99 { get; init; }

    /// <summary>999 of 1000 are below.</summary>
    public double P999 { get; init; }
}

/// <summary>The newest of each kind; null where there is none.</summary>
public sealed record LatestCheckpoints
{
    /// <summary>Newest completed checkpoint.</summary>
    public Checkpoint? Completed { get; init; }

    /// <summary>Newest savepoint.</summary>
    public Checkpoint? Savepoint { get; init; }

    /// <summary>Newest failed one.</summary>
    public Checkpoint? Failed { get; init; }

    /// <summary>What the job was restored from, last.</summary>
    public RestoredCheckpoint? Restored { get; init; }
}

/// <summary>What a job was restored from.</summary>
public sealed record RestoredCheckpoint
{
    /// <summary>Checkpoint id.</summary>
    public long Id { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? RestoreTimestamp { get; init; }

    /// <summary>From a savepoint.</summary>
    public bool IsSavepoint { get; init; }

    /// <summary>Path.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? ExternalPath { get; init; }
}

/// <summary>One checkpoint or savepoint. <see cref="Tasks"/> is filled only by <c>/checkpoints/details/N</c>.</summary>
public sealed record Checkpoint
{
    /// <summary>completed, failed or in_progress.</summary>
    [JsonPropertyName("className")]
    public string? ClassName { get; init; }

    /// <summary>Counted over the life of the job.</summary>
    public long Id { get; init; }

    /// <summary>IN_PROGRESS, COMPLETED or FAILED.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>A savepoint.</summary>
    public bool IsSavepoint { get; init; }

    /// <summary>CANONICAL or NATIVE; null for checkpoints (since 1.17).</summary>
    [JsonPropertyName("savepointFormat")]
    public string? SavepointFormat { get; init; }

    /// <summary>When it was triggered.</summary>
    public DateTimeOffset? TriggerTimestamp { get; init; }

    /// <summary>Last acknowledgement by a task; null before the first.</summary>
    public DateTimeOffset? LatestAckTimestamp { get; init; }

    /// <summary>Bytes written; less than <see cref="StateSize"/> for incremental ones (since 1.16).</summary>
    public long CheckpointedSize { get; init; }

    /// <summary>Bytes of state.</summary>
    public long StateSize { get; init; }

    /// <summary>From trigger to the last acknowledgement, or to the failure.</summary>
    public TimeSpan? EndToEndDuration { get; init; }

    /// <summary>Always zero.</summary>
    public long AlignmentBuffered { get; init; }

    /// <summary>Bytes processed while barriers were aligned.</summary>
    public long ProcessedData { get; init; }

    /// <summary>Bytes of in-flight data stored (unaligned checkpoints).</summary>
    public long PersistedData { get; init; }

    /// <summary>Tasks that take part.</summary>
    public int NumSubtasks { get; init; }

    /// <summary>Tasks that acknowledged.</summary>
    public int NumAcknowledgedSubtasks { get; init; }

    /// <summary>CHECKPOINT, UNALIGNED_CHECKPOINT, SAVEPOINT, SYNC_SAVEPOINT.</summary>
    public string? CheckpointType { get; init; }

    /// <summary>Path of a completed one.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? ExternalPath { get; init; }

    /// <summary>Subsumed by a newer one and deleted.</summary>
    public bool Discarded { get; init; }

    /// <summary>When it failed.</summary>
    public DateTimeOffset? FailureTimestamp { get; init; }

    /// <summary>Why it failed.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? FailureMessage { get; init; }

    /// <summary>By vertex id.</summary>
    public IReadOnlyDictionary<string, TaskCheckpoint> Tasks { get; init => field = value ?? NoTasks; } = NoTasks;

    /// <summary>Has ended well.</summary>
    [JsonIgnore]
    public bool IsCompleted => Status == "COMPLETED";

    /// <summary>Has failed.</summary>
    [JsonIgnore]
    public bool IsFailed => Status == "FAILED";

    private static IReadOnlyDictionary<string, TaskCheckpoint> NoTasks { get; } = new Dictionary<string, TaskCheckpoint>();
}

/// <summary>The part of one vertex in a checkpoint.</summary>
public record TaskCheckpoint
{
    /// <summary>Checkpoint id.</summary>
    public long Id { get; init; }

    /// <summary>IN_PROGRESS, COMPLETED or FAILED.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>Last acknowledgement by a subtask.</summary>
    public DateTimeOffset? LatestAckTimestamp { get; init; }

    /// <summary>Bytes written.</summary>
    public long CheckpointedSize { get; init; }

    /// <summary>Bytes of state.</summary>
    public long StateSize { get; init; }

    /// <summary>From trigger to last acknowledgement.</summary>
    public TimeSpan? EndToEndDuration { get; init; }

    /// <summary>Always zero.</summary>
    public long AlignmentBuffered { get; init; }

    /// <summary>Bytes processed while barriers were aligned.</summary>
    public long ProcessedData { get; init; }

    /// <summary>Bytes of in-flight data stored.</summary>
    public long PersistedData { get; init; }

    /// <summary>Subtasks.</summary>
    public int NumSubtasks { get; init; }

    /// <summary>Subtasks that acknowledged.</summary>
    public int NumAcknowledgedSubtasks { get; init; }
}
