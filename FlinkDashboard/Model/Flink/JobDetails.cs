using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Flink;

/// <summary><c>/jobs/ID</c>. Flink answers from a copy that is up to 3 s old; <see cref="Now"/> says of when.</summary>
public sealed record JobDetails
{
    /// <summary>32 hexadecimal digits.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string Jid { get; init => field = value ?? ""; } = "";

    /// <summary>Name the job gave itself.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Its state.</summary>
    public JobState State { get; init; }

    /// <summary>Old meaning of "can be stopped"; always false for years.</summary>
    [JsonPropertyName("isStoppable")]
    public bool IsStoppable { get; init; }

    /// <summary>STREAMING or BATCH (since 1.20; before, <see cref="JobPlan.Type"/> says it).</summary>
    public string? JobType { get; init; }

    /// <summary>Default, Adaptive or AdaptiveBatch (since 2.3).</summary>
    [JsonPropertyName("schedulerType")]
    public string? SchedulerType { get; init; }

    /// <summary>Application the job belongs to (since 2.3).</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? ApplicationId { get; init; }

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended; null while it lives.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>From start to end or now.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Largest parallelism it can be rescaled to; -1 when the job does not say.</summary>
    [JsonPropertyName("maxParallelism")]
    public int MaxParallelism { get; init; }

    /// <summary>The JobManager's clock when this was written.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>When the job last entered each state; null for a state it never was in. Keys are JobStatus words.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset?> Timestamps { get; init => field = value ?? Empty; } = Empty;

    /// <summary>In topological order.</summary>
    public IReadOnlyList<JobVertex> Vertices { get; init => field = value ?? []; } = [];

    /// <summary>Vertices by state.</summary>
    public StateCounts StatusCounts { get; init => field = value ?? StateCounts.None; } = StateCounts.None;

    /// <summary>The graph.</summary>
    public JobPlan Plan { get; init => field = value ?? new(); } = new();

    /// <summary>Operators whose place in the graph is not decided yet (adaptive batch, since 2.0).</summary>
    public int PendingOperators { get; init; }

    private static IReadOnlyDictionary<string, DateTimeOffset?> Empty { get; } = new Dictionary<string, DateTimeOffset?>();
}

/// <summary>One vertex of a job: a chain of operators that run in the same tasks.</summary>
public sealed record JobVertex
{
    /// <summary>32 hexadecimal digits.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Chained operators, as <c>format -> drop: Writer</c>.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Vertices with the same id share slots (since 1.20).</summary>
    [JsonPropertyName("slotSharingGroupId"), JsonConverter(typeof(UniqueTextConverter))]
    public string? SlotSharingGroupId { get; init; }

    /// <summary>Largest parallelism its keyed state allows.</summary>
    [JsonPropertyName("maxParallelism")]
    public int MaxParallelism { get; init; }

    /// <summary>Subtasks.</summary>
    public int Parallelism { get; init; }

    /// <summary>The worst that its subtasks are in; SCHEDULED and DEPLOYING show as CREATED.</summary>
    public TaskState Status { get; init; }

    /// <summary>First deployment; null before.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>End of the last subtask; null while one lives.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>From start to end or now; null before the start.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Subtasks by state.</summary>
    public StateCounts Tasks { get; init => field = value ?? StateCounts.None; } = StateCounts.None;

    /// <summary>Sums over all subtasks of the present attempt.</summary>
    public IoMetrics Metrics { get; init => field = value ?? new(); } = new();
}

/// <summary>
/// What tasks have read, written and spent time on. Only traffic inside Flink counts: sources read nothing, sinks write nothing.
/// A number whose <c>…Complete</c> is false is not known for all subtasks yet.
/// </summary>
public sealed record IoMetrics
{
    /// <summary>Bytes received.</summary>
    public long ReadBytes { get; init; }

    /// <summary><see cref="ReadBytes"/> is known.</summary>
    public bool ReadBytesComplete { get; init; }

    /// <summary>Bytes sent.</summary>
    public long WriteBytes { get; init; }

    /// <summary><see cref="WriteBytes"/> is known.</summary>
    public bool WriteBytesComplete { get; init; }

    /// <summary>Records received.</summary>
    public long ReadRecords { get; init; }

    /// <summary><see cref="ReadRecords"/> is known.</summary>
    public bool ReadRecordsComplete { get; init; }

    /// <summary>Records sent.</summary>
    public long WriteRecords { get; init; }

    /// <summary><see cref="WriteRecords"/> is known.</summary>
    public bool WriteRecordsComplete { get; init; }

    /// <summary>Milliseconds waited for a slower successor, of all subtasks together (since 1.16).</summary>
    public long AccumulatedBackpressuredTime { get; init; }

    /// <summary>Milliseconds without input, of all subtasks together.</summary>
    public long AccumulatedIdleTime { get; init; }

    /// <summary>Milliseconds at work, of all subtasks together; NaN where an operator does not measure it.</summary>
    public double AccumulatedBusyTime { get; init; }
}
