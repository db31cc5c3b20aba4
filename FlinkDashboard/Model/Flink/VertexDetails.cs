using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Flink;

/// <summary><c>/jobs/ID/vertices/VERTEX</c>.</summary>
public sealed record VertexDetails
{
    /// <summary>Vertex id.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Chained operators.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Subtasks.</summary>
    public int Parallelism { get; init; }

    /// <summary>Largest parallelism.</summary>
    [JsonPropertyName("maxParallelism")]
    public int MaxParallelism { get; init; }

    /// <summary>The JobManager's clock.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Each subtask's present attempt.</summary>
    public IReadOnlyList<Subtask> Subtasks { get; init => field = value ?? []; } = [];

    /// <summary>Spread over the subtasks (since 1.16).</summary>
    public AggregatedTasks? Aggregated { get; init; }
}

/// <summary>One attempt of a subtask.</summary>
public sealed record Subtask
{
    /// <summary>Index, from 0.</summary>
    [JsonPropertyName("subtask")]
    public int Index { get; init; }

    /// <summary>Its state.</summary>
    public TaskState Status { get; init; }

    /// <summary>Attempt, from 0.</summary>
    public int Attempt { get; init; }

    /// <summary><c>host:port</c> (since 1.19), or <c>(unassigned)</c>.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Endpoint { get; init; }

    /// <summary>Host alone (until 1.20).</summary>
    public string? Host { get; init; }

    /// <summary>Deployment; null before.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>End; null while it lives.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>From start to end or now.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>What it read, wrote and spent time on.</summary>
    public IoMetrics Metrics { get; init => field = value ?? new(); } = new();

    /// <summary>TaskManager; on Kubernetes its pod's name. <c>(unassigned)</c> without one.</summary>
    [JsonPropertyName("taskmanager-id"), JsonConverter(typeof(UniqueTextConverter))]
    public string? TaskManagerId { get; init; }

    /// <summary>How long it was in each state; null for a state it was not in (since 1.16).</summary>
    public IReadOnlyDictionary<string, TimeSpan?> StatusDuration { get; init => field = value ?? NoDurations; } = NoDurations;

    /// <summary>Other attempts that run at the same time (speculative execution).</summary>
    public IReadOnlyList<Subtask> OtherConcurrentAttempts { get; init => field = value ?? []; } = [];

    private static IReadOnlyDictionary<string, TimeSpan?> NoDurations { get; } = new Dictionary<string, TimeSpan?>();
}

/// <summary>Spread of measures over subtasks.</summary>
public sealed record AggregatedTasks
{
    /// <summary>By name of <see cref="IoMetrics"/> as on the wire (<c>read-bytes</c>); unknown busy time counts as -1.</summary>
    public IReadOnlyDictionary<string, Quartiles> Metrics { get; init => field = value ?? None; } = None;

    /// <summary>Milliseconds in each state.</summary>
    public IReadOnlyDictionary<string, Quartiles> StatusDuration { get; init => field = value ?? None; } = None;

    private static IReadOnlyDictionary<string, Quartiles> None { get; } = new Dictionary<string, Quartiles>();
}

/// <summary>Spread of one measure over subtasks.</summary>
public sealed record Quartiles
{
    /// <summary>Least.</summary>
    public long Min { get; init; }

    /// <summary>A quarter is below.</summary>
    public long P25 { get; init; }

    /// <summary>Half is below.</summary>
    public long Median { get; init; }

    /// <summary>Three quarters are below.</summary>
    public long P75 { get; init; }

    /// <summary>95 of 100 are below.</summary>
    public long P95 { get; init; }

    /// <summary>Most.</summary>
    public long Max { get; init; }

    /// <summary>Mean.</summary>
    public long Avg { get; init; }

    /// <summary>Sum.</summary>
    public long Sum { get; init; }
}

/// <summary><c>/jobs/ID/vertices/VERTEX/subtasktimes</c>.</summary>
public sealed record SubtaskTimes
{
    /// <summary>Vertex id.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Id { get; init; }

    /// <summary>Vertex name.</summary>
    public string? Name { get; init; }

    /// <summary>The JobManager's clock.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Each subtask.</summary>
    public IReadOnlyList<SubtaskTime> Subtasks { get; init => field = value ?? []; } = [];
}

/// <summary>When a subtask entered its states.</summary>
public sealed record SubtaskTime
{
    /// <summary>Index, from 0.</summary>
    [JsonPropertyName("subtask")]
    public int Index { get; init; }

    /// <summary><c>host:port</c>.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Endpoint { get; init; }

    /// <summary>Host alone (until 1.20).</summary>
    public string? Host { get; init; }

    /// <summary>Since it was scheduled.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>By ExecutionState; null for a state it never was in.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset?> Timestamps { get; init => field = value ?? Empty; } = Empty;

    private static IReadOnlyDictionary<string, DateTimeOffset?> Empty { get; } = new Dictionary<string, DateTimeOffset?>();
}

/// <summary><c>/jobs/ID/vertices/VERTEX/taskmanagers</c>.</summary>
public sealed record VertexTaskManagers
{
    /// <summary>Vertex id.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Id { get; init; }

    /// <summary>Vertex name.</summary>
    public string? Name { get; init; }

    /// <summary>The JobManager's clock.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Each TaskManager that runs some of its subtasks.</summary>
    [JsonPropertyName("taskmanagers")]
    public IReadOnlyList<VertexTaskManager> TaskManagers { get; init => field = value ?? []; } = [];
}

/// <summary>The subtasks of a vertex in one TaskManager.</summary>
public sealed record VertexTaskManager
{
    /// <summary>TaskManager; on Kubernetes its pod's name.</summary>
    [JsonPropertyName("taskmanager-id"), JsonConverter(typeof(UniqueTextConverter))]
    public string? TaskManagerId { get; init; }

    /// <summary><c>host:port</c> (since 1.19).</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Endpoint { get; init; }

    /// <summary>The same (until 1.20).</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Host { get; init; }

    /// <summary>Worst state of its subtasks.</summary>
    public TaskState Status { get; init; }

    /// <summary>First deployment.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Last end.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>From start to end or now.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Sums over its subtasks.</summary>
    public IoMetrics Metrics { get; init => field = value ?? new(); } = new();

    /// <summary>Its subtasks by state.</summary>
    public StateCounts StatusCounts { get; init => field = value ?? StateCounts.None; } = StateCounts.None;

    /// <summary>Spread over its subtasks (since 1.16).</summary>
    public AggregatedTasks? Aggregated { get; init; }
}
