using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary>spec.job of a FlinkDeployment or FlinkSessionJob.</summary>
public sealed record FlinkJobSpec
{
    /// <summary>Not specified.</summary>
    public static readonly FlinkJobSpec None = new();

    /// <summary>Jar.</summary>
    [JsonPropertyName("jarURI")]
    public string? JarUri { get; init; }

    /// <summary>Parallelism asked for; null or 0 when TaskManager replicas decide.</summary>
    public int? Parallelism { get; init; }

    /// <summary>Main class; null for the manifest's.</summary>
    public string? EntryClass { get; init; }

    /// <summary>Arguments of main.</summary>
    public IReadOnlyList<string> Args { get; init => field = value ?? []; } = [];

    /// <summary>Wanted state.</summary>
    public DesiredState State { get; init; }

    /// <summary>How state is carried over.</summary>
    public UpgradeMode UpgradeMode { get; init; }

    /// <summary>Used by the first deployment and by a new <see cref="SavepointRedeployNonce"/>.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? InitialSavepointPath { get; init; }

    /// <summary>State that no operator claims may be dropped.</summary>
    public bool? AllowNonRestoredState { get; init; }

    /// <summary>A new value takes a savepoint.</summary>
    public long? SavepointTriggerNonce { get; init; }

    /// <summary>A new value takes a checkpoint.</summary>
    public long? CheckpointTriggerNonce { get; init; }

    /// <summary>A new value restarts from <see cref="InitialSavepointPath"/>.</summary>
    public long? SavepointRedeployNonce { get; init; }

    /// <summary>A new value lets the autoscaler forget what it has learned.</summary>
    public long? AutoscalerResetNonce { get; init; }

    /// <summary>The user wants it stopped.</summary>
    [JsonIgnore]
    public bool IsSuspended => State == DesiredState.Suspended;
}
