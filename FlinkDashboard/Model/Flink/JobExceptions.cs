using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Flink;

/// <summary><c>/jobs/ID/exceptions</c>. Flink keeps the newest 16 failures; 2.0 dropped everything but the history.</summary>
public sealed record JobExceptions
{
    /// <summary>Stack trace of the newest failure (until 1.20).</summary>
    [JsonPropertyName("root-exception"), JsonConverter(typeof(UniqueTextConverter))]
    public string? RootException { get; init; }

    /// <summary>When it was (until 1.20).</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Failures of tasks of the present attempt (until 1.20).</summary>
    [JsonPropertyName("all-exceptions")]
    public IReadOnlyList<TaskException> AllExceptions { get; init => field = value ?? []; } = [];

    /// <summary><see cref="AllExceptions"/> were cut.</summary>
    public bool Truncated { get; init; }

    /// <summary>Failures, newest first.</summary>
    public ExceptionHistory ExceptionHistory { get; init => field = value ?? new(); } = new();

    /// <summary>Without secrets in messages and traces.</summary>
    public JobExceptions Redacted() => this with
    {
        RootException = RootException is null ? null : RedactionOfText.Of(RootException),
        AllExceptions = [.. AllExceptions.Select(e => e with { Exception = e.Exception is null ? null : RedactionOfText.Of(e.Exception) })],
        ExceptionHistory = ExceptionHistory with { Entries = [.. ExceptionHistory.Entries.Select(e => e.Redacted())] }
    };
}

/// <summary>Failures, newest first.</summary>
public sealed record ExceptionHistory
{
    /// <summary>The failures.</summary>
    public IReadOnlyList<FailureEntry> Entries { get; init => field = value ?? []; } = [];

    /// <summary>There are more than were asked for.</summary>
    public bool Truncated { get; init; }
}

/// <summary>One failure, of a task or of the job as a whole.</summary>
public sealed record FailureEntry
{
    /// <summary>Java class.</summary>
    public string ExceptionName { get; init => field = value ?? ""; } = "";

    /// <summary>Text of the stack trace, causes included. Never HTML.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string Stacktrace { get; init => field = value ?? ""; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Task with subtask, as <c>breaker -> drop: Writer (1/2) - execution #3</c>; null when the whole job failed.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? TaskName { get; init; }

    /// <summary><c>host:port</c> of the TaskManager (since 1.19).</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Endpoint { get; init; }

    /// <summary>The same (until 1.20).</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Location { get; init; }

    /// <summary>TaskManager; on Kubernetes its pod's name (since 1.18).</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? TaskManagerId { get; init; }

    /// <summary>Labels that failure enrichers gave (since 1.18).</summary>
    public StringMap FailureLabels { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>Failures of other tasks at the same time.</summary>
    public IReadOnlyList<FailureEntry> ConcurrentExceptions { get; init => field = value ?? []; } = [];

    /// <summary>Without secrets in the trace.</summary>
    public FailureEntry Redacted() => this with { Stacktrace = RedactionOfText.Of(Stacktrace), ConcurrentExceptions = [.. ConcurrentExceptions.Select(e => e.Redacted())] };

    /// <summary>Where it happened, whichever field says it; null for the job as a whole.</summary>
    [JsonIgnore]
    public string? Place => Endpoint is null or "(unassigned)" ? Location is "(unassigned)" ? null : Location : Endpoint;
}

/// <summary>A failure of a task, in the old form.</summary>
public sealed record TaskException
{
    /// <summary>Stack trace.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Exception { get; init; }

    /// <summary>Task with subtask.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Task { get; init; }

    /// <summary><c>host:port</c>.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Location { get; init; }

    /// <summary><c>host:port</c> (since 1.19).</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Endpoint { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>TaskManager.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? TaskManagerId { get; init; }
}
