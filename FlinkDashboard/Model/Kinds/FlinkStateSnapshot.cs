using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary>A savepoint or checkpoint as an object (operator 1.10 and later).</summary>
public sealed record FlinkStateSnapshot : IKubernetesObject<FlinkStateSnapshot>
{
    /// <inheritdoc />
    public static KindInfo<FlinkStateSnapshot> Info { get; } =
        new("flink.apache.org", "v1beta1", "FlinkStateSnapshot", "flinkstatesnapshots", true, KindsJson.Default.FlinkStateSnapshot, KindsJson.Default.KubernetesListFlinkStateSnapshot);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>What is to be taken.</summary>
    public FlinkStateSnapshotSpec Spec { get; init => field = value ?? FlinkStateSnapshotSpec.None; } = FlinkStateSnapshotSpec.None;

    /// <summary>How far it is.</summary>
    public FlinkStateSnapshotStatus Status { get; init => field = value ?? FlinkStateSnapshotStatus.None; } = FlinkStateSnapshotStatus.None;
}

/// <summary>spec of a FlinkStateSnapshot.</summary>
public sealed record FlinkStateSnapshotSpec
{
    /// <summary>No spec.</summary>
    public static readonly FlinkStateSnapshotSpec None = new();

    /// <summary>The job, in the same namespace; null for an existing savepoint of no job.</summary>
    public FlinkJobReference? JobReference { get; init; }

    /// <summary>Set for a savepoint.</summary>
    public FlinkSavepointSpec? Savepoint { get; init; }

    /// <summary>Set for a checkpoint.</summary>
    public FlinkCheckpointSpec? Checkpoint { get; init; }

    /// <summary>Retries allowed; −1 (the default) without end.</summary>
    public int? BackoffLimit { get; init; }
}

/// <summary>Which job a snapshot is of.</summary>
public sealed record FlinkJobReference
{
    /// <summary>FlinkDeployment or FlinkSessionJob.</summary>
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";
}

/// <summary>spec.savepoint.</summary>
public sealed record FlinkSavepointSpec
{
    /// <summary>Target directory, or the savepoint itself with <see cref="AlreadyExists"/>.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Path { get; init; }

    /// <summary>CANONICAL (default) or NATIVE.</summary>
    public string? FormatType { get; init; }

    /// <summary>Delete the files with the object; true unless said otherwise.</summary>
    public bool? DisposeOnDelete { get; init; }

    /// <summary>Registers an existing savepoint.</summary>
    public bool? AlreadyExists { get; init; }
}

/// <summary>spec.checkpoint, which has no fields.</summary>
public sealed record FlinkCheckpointSpec;

/// <summary>status of a FlinkStateSnapshot.</summary>
public sealed record FlinkStateSnapshotStatus
{
    /// <summary>No status yet.</summary>
    public static readonly FlinkStateSnapshotStatus None = new();

    /// <summary>TRIGGER_PENDING, IN_PROGRESS, …</summary>
    public SnapshotState State { get; init; }

    /// <summary>Flink's trigger id.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? TriggerId { get; init; }

    /// <summary>When it was triggered.</summary>
    public DateTimeOffset? TriggerTimestamp { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? ResultTimestamp { get; init; }

    /// <summary>Where it is.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Path { get; init; }

    /// <summary>JSON or plain text; see <see cref="Readings.OperatorError"/>.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Error { get; init; }

    /// <summary>Attempts that failed.</summary>
    public int Failures { get; init; }
}
