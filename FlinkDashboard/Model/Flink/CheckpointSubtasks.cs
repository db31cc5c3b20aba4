using System.Text.Json.Serialization;

namespace FlinkDashboard.Model.Flink;

/// <summary><c>/jobs/ID/checkpoints/details/N/subtasks/VERTEX</c>.</summary>
public sealed record VertexCheckpoint : TaskCheckpoint
{
    /// <summary>Spread over the subtasks.</summary>
    public SubtaskCheckpointSummary Summary { get; init => field = value ?? new(); } = new();

    /// <summary>Each subtask.</summary>
    public IReadOnlyList<SubtaskCheckpoint> Subtasks { get; init => field = value ?? []; } = [];
}

/// <summary>Spread of each measure over subtasks. Percentiles of <see cref="EndToEndDuration"/> are of acknowledgement times in Flink: do not show them.</summary>
public sealed record SubtaskCheckpointSummary
{
    /// <summary>Bytes written.</summary>
    public Spread CheckpointedSize { get; init => field = value ?? Spread.None; } = Spread.None;

    /// <summary>Bytes of state.</summary>
    public Spread StateSize { get; init => field = value ?? Spread.None; } = Spread.None;

    /// <summary>Milliseconds from trigger to acknowledgement.</summary>
    public Spread EndToEndDuration { get; init => field = value ?? Spread.None; } = Spread.None;

    /// <summary>Milliseconds of work.</summary>
    public CheckpointDurationSpread CheckpointDuration { get; init => field = value ?? new(); } = new();

    /// <summary>Alignment of barriers.</summary>
    public AlignmentSpread Alignment { get; init => field = value ?? new(); } = new();

    /// <summary>Milliseconds until the first barrier came.</summary>
    public Spread StartDelay { get; init => field = value ?? Spread.None; } = Spread.None;
}

/// <summary>Milliseconds of the two parts of a checkpoint.</summary>
public sealed record CheckpointDurationSpread
{
    /// <summary>While the task stood still.</summary>
    public Spread Sync { get; init => field = value ?? Spread.None; } = Spread.None;

    /// <summary>In the background.</summary>
    public Spread Async { get; init => field = value ?? Spread.None; } = Spread.None;
}

/// <summary>Alignment of barriers.</summary>
public sealed record AlignmentSpread
{
    /// <summary>Always zero.</summary>
    public Spread Buffered { get; init => field = value ?? Spread.None; } = Spread.None;

    /// <summary>Bytes processed.</summary>
    public Spread Processed { get; init => field = value ?? Spread.None; } = Spread.None;

    /// <summary>Bytes stored.</summary>
    public Spread Persisted { get; init => field = value ?? Spread.None; } = Spread.None;

    /// <summary>Milliseconds.</summary>
    public Spread Duration { get; init => field = value ?? Spread.None; } = Spread.None;
}

/// <summary>One subtask's part in a checkpoint.</summary>
public sealed record SubtaskCheckpoint
{
    /// <summary>completed or pending.</summary>
    [JsonPropertyName("className")]
    public string? ClassName { get; init; }

    /// <summary>Subtask, from 0.</summary>
    public int Index { get; init; }

    /// <summary>completed or pending_or_failed.</summary>
    public string? Status { get; init; }

    /// <summary>When it acknowledged.</summary>
    public DateTimeOffset? AckTimestamp { get; init; }

    /// <summary>From trigger to acknowledgement.</summary>
    public TimeSpan? EndToEndDuration { get; init; }

    /// <summary>Bytes written.</summary>
    public long CheckpointedSize { get; init; }

    /// <summary>Bytes of state.</summary>
    public long StateSize { get; init; }

    /// <summary>Milliseconds of work.</summary>
    public CheckpointDuration? Checkpoint { get; init; }

    /// <summary>Alignment of barriers.</summary>
    public Alignment? Alignment { get; init; }

    /// <summary>Until the first barrier came.</summary>
    public TimeSpan? StartDelay { get; init; }

    /// <summary>In-flight data was stored instead of waited for.</summary>
    public bool UnalignedCheckpoint { get; init; }

    /// <summary>Was given up.</summary>
    public bool Aborted { get; init; }
}

/// <summary>The two parts of a checkpoint.</summary>
public sealed record CheckpointDuration
{
    /// <summary>While the task stood still.</summary>
    public TimeSpan? Sync { get; init; }

    /// <summary>In the background.</summary>
    public TimeSpan? Async { get; init; }
}

/// <summary>Alignment of barriers.</summary>
public sealed record Alignment
{
    /// <summary>Always zero.</summary>
    public long Buffered { get; init; }

    /// <summary>Bytes processed.</summary>
    public long Processed { get; init; }

    /// <summary>Bytes stored.</summary>
    public long Persisted { get; init; }

    /// <summary>How long.</summary>
    public TimeSpan? Duration { get; init; }
}

/// <summary><c>/jobs/ID/checkpoints/config</c>.</summary>
public sealed record CheckpointConfig
{
    /// <summary>exactly_once or at_least_once.</summary>
    public string? Mode { get; init; }

    /// <summary>Time between checkpoints; null when they are not periodic.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>A checkpoint that takes longer fails.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Least time between the end of one and the start of the next.</summary>
    public TimeSpan? MinPause { get; init; }

    /// <summary>How many at the same time.</summary>
    public int MaxConcurrent { get; init; }

    /// <summary>Kept after the job ends.</summary>
    public CheckpointExternalization Externalization { get; init => field = value ?? new(); } = new();

    /// <summary>Class that holds state.</summary>
    public string? StateBackend { get; init; }

    /// <summary>Class that stores checkpoints.</summary>
    public string? CheckpointStorage { get; init; }

    /// <summary>In-flight data is stored instead of waited for.</summary>
    public bool UnalignedCheckpoints { get; init; }

    /// <summary>More failures in a row restart the job.</summary>
    public int TolerableFailedCheckpoints { get; init; }

    /// <summary>After this time an aligned checkpoint becomes unaligned; zero: never.</summary>
    public TimeSpan? AlignedCheckpointTimeout { get; init; }

    /// <summary>Goes on when some tasks have finished.</summary>
    public bool CheckpointsAfterTasksFinish { get; init; }

    /// <summary>State changes are logged between checkpoints (since 1.16).</summary>
    public bool StateChangelogEnabled { get; init; }

    /// <summary>How often the log becomes a snapshot.</summary>
    public TimeSpan? ChangelogPeriodicMaterializationInterval { get; init; }

    /// <summary>Where the log is.</summary>
    public string? ChangelogStorage { get; init; }
}

/// <summary>What becomes of checkpoints when the job ends.</summary>
public sealed record CheckpointExternalization
{
    /// <summary>They are kept somehow.</summary>
    public bool Enabled { get; init; }

    /// <summary>But deleted when the job is cancelled.</summary>
    public bool DeleteOnCancellation { get; init; }
}
