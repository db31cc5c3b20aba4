using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Flink;

/// <summary><c>/jobs/ID/config</c>.</summary>
public sealed record JobConfig
{
    /// <summary>Job id.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Jid { get; init; }

    /// <summary>Job name.</summary>
    public string? Name { get; init; }

    /// <summary>What the program set; null when Flink could not read it.</summary>
    public ExecutionConfig? ExecutionConfig { get; init; }
}

/// <summary>Settings of a program.</summary>
public sealed record ExecutionConfig
{
    /// <summary>PIPELINED … (until 1.20).</summary>
    public string? ExecutionMode { get; init; }

    /// <summary>In words.</summary>
    public string? RestartStrategy { get; init; }

    /// <summary>Default parallelism; -1 when not set.</summary>
    public int JobParallelism { get; init; }

    /// <summary>Operators share objects.</summary>
    public bool ObjectReuseMode { get; init; }

    /// <summary>What the program shows of its own parameters.</summary>
    public StringMap UserConfig { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;
}

/// <summary><c>/jobs/ID/accumulators</c>.</summary>
public sealed record JobAccumulators
{
    /// <summary>Merged over all tasks. The serialised values beside them are not read: only Java can.</summary>
    public IReadOnlyList<Accumulator> UserTaskAccumulators { get; init => field = value ?? []; } = [];
}

/// <summary>A value that user code counts.</summary>
public sealed record Accumulator
{
    /// <summary>Its name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Java class.</summary>
    public string? Type { get; init; }

    /// <summary>As text.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Value { get; init; }
}

/// <summary><c>/jobs/ID/execution-result</c>.</summary>
public sealed record ExecutionResultAnswer
{
    /// <summary>IN_PROGRESS or COMPLETED.</summary>
    public AsyncStatus Status { get; init => field = value ?? new(); } = new();

    /// <summary>Only when completed.</summary>
    public ExecutionResult? JobExecutionResult { get; init; }
}

/// <summary>How a job ended.</summary>
public sealed record ExecutionResult
{
    /// <summary>Job id.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Id { get; init; }

    /// <summary>SUCCEEDED, FAILED, CANCELED, UNKNOWN.</summary>
    public string? ApplicationStatus { get; init; }

    /// <summary>Milliseconds it ran.</summary>
    public TimeSpan? NetRuntime { get; init; }

    /// <summary>Why it failed.</summary>
    public FailureCause? FailureCause { get; init; }
}

/// <summary>An operation that goes on after its trigger: <c>/jobs/ID/savepoints/TRIGGER</c> and its likes.</summary>
public sealed record AsyncOperation
{
    /// <summary>IN_PROGRESS or COMPLETED. A failure is COMPLETED with a cause.</summary>
    public AsyncStatus Status { get; init => field = value ?? new(); } = new();

    /// <summary>The outcome; null while in progress.</summary>
    public AsyncOutcome? Operation { get; init; }
}

/// <summary>Whether an operation goes on.</summary>
public sealed record AsyncStatus
{
    /// <summary>IN_PROGRESS or COMPLETED.</summary>
    public string? Id { get; init; }
}

/// <summary>How an operation ended.</summary>
public sealed record AsyncOutcome
{
    /// <summary>Path of a savepoint.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Location { get; init; }

    /// <summary>Id of a checkpoint.</summary>
    [JsonPropertyName("checkpointId")]
    public long? CheckpointId { get; init; }

    /// <summary>Why a savepoint or a disposal failed.</summary>
    public FailureCause? FailureCause { get; init; }

    /// <summary>Why a checkpoint failed.</summary>
    [JsonPropertyName("failureCause")]
    public FailureCause? CheckpointFailureCause { get; init; }
}

/// <summary>A Java exception, as the API writes it. The serialised object beside it is not read.</summary>
public sealed record FailureCause
{
    /// <summary>Class name.</summary>
    public string? Class { get; init; }

    /// <summary>Text of the stack trace.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? StackTrace { get; init; }
}

/// <summary><c>/jobs/ID/resource-requirements</c> of one vertex (adaptive scheduler).</summary>
public sealed record VertexRequirement
{
    /// <summary>How many subtasks it may have.</summary>
    public ParallelismBounds Parallelism { get; init => field = value ?? new(); } = new();
}

/// <summary>Bounds of a parallelism.</summary>
public sealed record ParallelismBounds
{
    /// <summary>At least.</summary>
    public int LowerBound { get; init; }

    /// <summary>At most, if there are slots.</summary>
    public int UpperBound { get; init; }
}

/// <summary><c>…/log-url</c>.</summary>
public sealed record LogUrl
{
    /// <summary>Address of a web page, as the JobManager sees itself.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Url { get; init; }
}
