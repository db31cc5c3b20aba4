using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary>status.jobStatus of FlinkDeployment, FlinkSessionJob and FlinkBlueGreenDeployment.</summary>
public sealed record FlinkJobStatus
{
    /// <summary>No job seen.</summary>
    public static readonly FlinkJobStatus None = new();

    /// <summary>Flink's job state, or RECONCILING.</summary>
    public JobState State { get; init; }

    /// <summary>32 hexadecimal digits.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? JobId { get; init; }

    /// <summary>Name the job gave itself.</summary>
    public string? JobName { get; init; }

    /// <summary>Start of the job.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Last change of <see cref="State"/>.</summary>
    public DateTimeOffset? UpdateTime { get; init; }

    /// <summary>What the next stateful start uses; <c>KUBERNETES_OPERATOR_LAST_STATE</c> when it will be HA metadata.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? UpgradeSavepointPath { get; init; }

    /// <summary>Savepoints, where the operator does not use FlinkStateSnapshots.</summary>
    public FlinkSavepointInfo? SavepointInfo { get; init; }

    /// <summary>Checkpoints triggered through the operator.</summary>
    public FlinkCheckpointInfo? CheckpointInfo { get; init; }
}

/// <summary>jobStatus.savepointInfo.</summary>
public sealed record FlinkSavepointInfo
{
    /// <summary>The newest.</summary>
    public FlinkSavepoint? LastSavepoint { get; init; }

    /// <summary>The ones kept.</summary>
    public IReadOnlyList<FlinkSavepoint> SavepointHistory { get; init => field = value ?? []; } = [];

    /// <summary>Not empty: one is being taken.</summary>
    public string? TriggerId { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? TriggerTimestamp { get; init; }

    /// <summary>MANUAL, PERIODIC or UPGRADE.</summary>
    public string? TriggerType { get; init; }

    /// <summary>Last periodic one; null for never.</summary>
    public DateTimeOffset? LastPeriodicSavepointTimestamp { get; init; }
}

/// <summary>One savepoint of jobStatus.</summary>
public sealed record FlinkSavepoint
{
    /// <summary>When.</summary>
    public DateTimeOffset? TimeStamp { get; init; }

    /// <summary>Path.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Location { get; init; }

    /// <summary>MANUAL, PERIODIC, UPGRADE or UNKNOWN.</summary>
    public string? TriggerType { get; init; }

    /// <summary>CANONICAL, NATIVE or UNKNOWN.</summary>
    public string? FormatType { get; init; }

    /// <summary>The nonce that asked for it.</summary>
    public long? TriggerNonce { get; init; }
}

/// <summary>jobStatus.checkpointInfo.</summary>
public sealed record FlinkCheckpointInfo
{
    /// <summary>The newest one triggered through the operator.</summary>
    public FlinkCheckpoint? LastCheckpoint { get; init; }

    /// <summary>Not empty: one is being taken.</summary>
    public string? TriggerId { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? TriggerTimestamp { get; init; }

    /// <summary>Last periodic one; null for never.</summary>
    public DateTimeOffset? LastPeriodicCheckpointTimestamp { get; init; }
}

/// <summary>One checkpoint of jobStatus.</summary>
public sealed record FlinkCheckpoint
{
    /// <summary>When.</summary>
    public DateTimeOffset? TimeStamp { get; init; }

    /// <summary>MANUAL, PERIODIC or UNKNOWN.</summary>
    public string? TriggerType { get; init; }

    /// <summary>FULL, INCREMENTAL or UNKNOWN.</summary>
    public string? FormatType { get; init; }

    /// <summary>The nonce that asked for it.</summary>
    public long? TriggerNonce { get; init; }
}
