using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Flink;

/// <summary>
/// <c>/jobs/ID/vertices/VERTEX/backpressure</c>. <see cref="Status"/> is <c>deprecated</c>, without numbers, until Flink has fetched the metrics: the
/// question starts that, ask again after some seconds.
/// </summary>
public sealed record BackPressure
{
    /// <summary>ok or deprecated.</summary>
    public string? Status { get; init; }

    /// <summary>ok, low or high: that of the worst subtask (since 1.17).</summary>
    [JsonPropertyName("backpressureLevel")]
    public string? BackpressureLevel { get; init; }

    /// <summary>The same under the name of 1.16, which later versions send too.</summary>
    [JsonPropertyName("backpressure-level")]
    public string? OldLevel { get; init; }

    /// <summary>When the metrics were fetched.</summary>
    public DateTimeOffset? EndTimestamp { get; init; }

    /// <summary>Each subtask; empty until known.</summary>
    public IReadOnlyList<SubtaskBackPressure> Subtasks { get; init => field = value ?? []; } = [];

    /// <summary>There are numbers.</summary>
    [JsonIgnore]
    public bool IsKnown => Status == "ok" && Subtasks.Count > 0;

    /// <summary>ok, low or high, whichever field says it; null when not known.</summary>
    [JsonIgnore]
    public string? Level => BackpressureLevel ?? OldLevel;
}

/// <summary>Back pressure of one subtask. Ratios are of a second, 0 to about 1.</summary>
public sealed record SubtaskBackPressure
{
    /// <summary>Index, from 0.</summary>
    [JsonPropertyName("subtask")]
    public int Index { get; init; }

    /// <summary>Attempt, where several run.</summary>
    public int? AttemptNumber { get; init; }

    /// <summary>ok, low or high.</summary>
    [JsonPropertyName("backpressureLevel")]
    public string? BackpressureLevel { get; init; }

    /// <summary>The same under its old name.</summary>
    [JsonPropertyName("backpressure-level")]
    public string? OldLevel { get; init; }

    /// <summary>Waits for a slower successor.</summary>
    public double Ratio { get; init; }

    /// <summary>Waits for input.</summary>
    [JsonPropertyName("idleRatio")]
    public double IdleRatio { get; init; }

    /// <summary>Works; NaN where the operator does not measure it.</summary>
    [JsonPropertyName("busyRatio")]
    public double BusyRatio { get; init; }

    /// <summary>Other attempts that run at the same time.</summary>
    public IReadOnlyList<SubtaskBackPressure> OtherConcurrentAttempts { get; init => field = value ?? []; } = [];
}

/// <summary><c>/jobs/ID/vertices/VERTEX/accumulators</c>.</summary>
public sealed record VertexAccumulators
{
    /// <summary>Vertex id.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Id { get; init; }

    /// <summary>Merged over its subtasks.</summary>
    public IReadOnlyList<Accumulator> UserAccumulators { get; init => field = value ?? []; } = [];
}

/// <summary><c>/jobs/ID/vertices/VERTEX/subtasks/accumulators</c>.</summary>
public sealed record AllSubtaskAccumulators
{
    /// <summary>Vertex id.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Id { get; init; }

    /// <summary>Subtasks of the vertex.</summary>
    public int Parallelism { get; init; }

    /// <summary>Each subtask.</summary>
    public IReadOnlyList<SubtaskAccumulators> Subtasks { get; init => field = value ?? []; } = [];
}

/// <summary>Accumulators of one attempt; also <c>…/subtasks/N/attempts/A/accumulators</c>.</summary>
public sealed record SubtaskAccumulators
{
    /// <summary>Id of the attempt.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Id { get; init; }

    /// <summary>Index, from 0.</summary>
    [JsonPropertyName("subtask")]
    public int Index { get; init; }

    /// <summary>Attempt, from 0.</summary>
    public int Attempt { get; init; }

    /// <summary><c>host:port</c>.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Endpoint { get; init; }

    /// <summary>Host alone (until 1.20).</summary>
    public string? Host { get; init; }

    /// <summary>Its values.</summary>
    public IReadOnlyList<Accumulator> UserAccumulators { get; init => field = value ?? []; } = [];
}

/// <summary>Which threads a flame graph samples.</summary>
public enum FlameGraphKind
{
    /// <summary>All.</summary>
    Full,

    /// <summary>Those that work.</summary>
    OnCpu,

    /// <summary>Those that wait.</summary>
    OffCpu
}

/// <summary><c>/jobs/ID/vertices/VERTEX/flamegraph</c>: sampled on demand, then again each minute while asked for.</summary>
public sealed record FlameGraph
{
    /// <summary>Epoch milliseconds, or a sign: see <see cref="IsEnded"/>, <see cref="IsDisabled"/>, <see cref="IsSampling"/>.</summary>
    public long EndTimestamp { get; init; }

    /// <summary>The root frame; null without samples.</summary>
    public FlameFrame? Data { get; init; }

    /// <summary>The vertex has ended.</summary>
    [JsonIgnore]
    public bool IsEnded => Data is null && EndTimestamp == -1;

    /// <summary><c>rest.flamegraph.enabled</c> is off.</summary>
    [JsonIgnore]
    public bool IsDisabled => Data is null && EndTimestamp == -2;

    /// <summary>The first sample is under way: ask again in some seconds.</summary>
    [JsonIgnore]
    public bool IsSampling => Data is null && EndTimestamp == -3;

    /// <summary>End of the sample; null without one.</summary>
    [JsonIgnore]
    public DateTimeOffset? SampledAt => EndTimestamp > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(EndTimestamp) : null;
}

/// <summary>One frame of a flame graph.</summary>
public sealed record FlameFrame
{
    /// <summary>Class, method and line.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Samples that were in it.</summary>
    public long Value { get; init; }

    /// <summary>What it called.</summary>
    public IReadOnlyList<FlameFrame> Children { get; init => field = value ?? []; } = [];
}
