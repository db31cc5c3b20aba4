using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Flink;

/// <summary><c>/overview</c>: slots and jobs of one JobManager.</summary>
public sealed record FlinkOverview
{
    /// <summary>Registered TaskManagers.</summary>
    [JsonPropertyName("taskmanagers")]
    public int TaskManagers { get; init; }

    /// <summary>Slots of all of them.</summary>
    public int SlotsTotal { get; init; }

    /// <summary>Slots without tasks.</summary>
    public int SlotsAvailable { get; init; }

    /// <summary>Jobs that have not ended, whatever their state.</summary>
    public int JobsRunning { get; init; }

    /// <summary>Jobs that came to their end.</summary>
    public int JobsFinished { get; init; }

    /// <summary>Jobs that were cancelled.</summary>
    public int JobsCancelled { get; init; }

    /// <summary>Jobs that failed for good.</summary>
    public int JobsFailed { get; init; }

    /// <summary>As <c>1.20.1</c>.</summary>
    public string? FlinkVersion { get; init; }

    /// <summary>Short commit.</summary>
    public string? FlinkCommit { get; init; }

    /// <summary>TaskManagers on blocked nodes (since 1.16, absent when 0).</summary>
    [JsonPropertyName("taskmanagers-blocked")]
    public int TaskManagersBlocked { get; init; }

    /// <summary>Slots on blocked nodes.</summary>
    public int SlotsFreeAndBlocked { get; init; }
}

/// <summary><c>/config</c>: what the web page of this JobManager may do, and how often it asks.</summary>
public sealed record FlinkWebConfig
{
    /// <summary>Pace of Flink's own page.</summary>
    public TimeSpan? RefreshInterval { get; init; }

    /// <summary>Name of the JobManager's time zone.</summary>
    public string? TimezoneName { get; init; }

    /// <summary>Offset of the JobManager's time zone in milliseconds.</summary>
    public long TimezoneOffset { get; init; }

    /// <summary>As <c>1.20.1</c>.</summary>
    public string? FlinkVersion { get; init; }

    /// <summary>Commit and date.</summary>
    public string? FlinkRevision { get; init; }

    /// <summary>Switches.</summary>
    public FlinkWebFeatures Features { get; init => field = value ?? new(); } = new();
}

/// <summary>Switches of the web page.</summary>
public sealed record FlinkWebFeatures
{
    /// <summary>Jars may be uploaded and run.</summary>
    public bool WebSubmit { get; init; }

    /// <summary>Jobs may be cancelled.</summary>
    public bool WebCancel { get; init; }

    /// <summary>Jobs may be rescaled: the adaptive scheduler, not in reactive mode (since 1.18).</summary>
    public bool WebRescale { get; init; }

    /// <summary>This is a history server.</summary>
    public bool WebHistory { get; init; }
}

/// <summary><c>/jobs</c>.</summary>
public sealed record JobIdList
{
    /// <summary>Every job the JobManager remembers.</summary>
    public IReadOnlyList<JobIdWithStatus> Jobs { get; init => field = value ?? []; } = [];
}

/// <summary>One job of <c>/jobs</c>.</summary>
public sealed record JobIdWithStatus
{
    /// <summary>32 hexadecimal digits.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Its state.</summary>
    public JobState Status { get; init; }
}

/// <summary><c>/jobs/overview</c>.</summary>
public sealed record JobsOverview
{
    /// <summary>Running jobs, and ended ones while the JobManager remembers them.</summary>
    public IReadOnlyList<JobSummary> Jobs { get; init => field = value ?? []; } = [];
}

/// <summary>One job of <c>/jobs/overview</c>.</summary>
public sealed record JobSummary
{
    /// <summary>32 hexadecimal digits.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string Jid { get; init => field = value ?? ""; } = "";

    /// <summary>Name the job gave itself.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Its state.</summary>
    public JobState State { get; init; }

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended; null while it lives.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>From start to end or now.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Last change of its state or of a task's.</summary>
    public DateTimeOffset? LastModification { get; init; }

    /// <summary>Subtasks by state.</summary>
    public StateCounts Tasks { get; init => field = value ?? StateCounts.None; } = StateCounts.None;

    /// <summary>Operators whose place in the graph is not decided yet (adaptive batch, since 2.0).</summary>
    public int PendingOperators { get; init; }

    /// <summary>STREAMING or BATCH (since 2.3).</summary>
    [JsonPropertyName("jobType")]
    public string? JobType { get; init; }

    /// <summary>Default, Adaptive or AdaptiveBatch (since 2.3).</summary>
    [JsonPropertyName("schedulerType")]
    public string? SchedulerType { get; init; }
}

/// <summary><c>/jobs/ID/status</c>.</summary>
public sealed record JobStatusAnswer
{
    /// <summary>The job's state.</summary>
    public JobState Status { get; init; }
}
