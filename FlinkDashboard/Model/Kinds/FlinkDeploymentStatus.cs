using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary>status of a FlinkDeployment, and (without the deployment's own fields) of a FlinkSessionJob.</summary>
public sealed record FlinkDeploymentStatus
{
    /// <summary>No status yet.</summary>
    public static readonly FlinkDeploymentStatus None = new();

    /// <summary>Where the resource is in its life.</summary>
    public LifecycleState LifecycleState { get; init; }

    /// <summary>The JobManager as the operator saw it. FlinkDeployment only.</summary>
    public JobManagerStatus JobManagerDeploymentStatus { get; init; }

    /// <summary>The job as the operator saw it.</summary>
    public FlinkJobStatus JobStatus { get; init => field = value ?? FlinkJobStatus.None; } = FlinkJobStatus.None;

    /// <summary>What the operator last put into effect.</summary>
    public FlinkReconciliationStatus ReconciliationStatus { get; init => field = value ?? FlinkReconciliationStatus.None; } = FlinkReconciliationStatus.None;

    /// <summary>JSON or plain text; see <see cref="Readings.OperatorError"/>. Null when fine.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Error { get; init; }

    /// <summary>Generation of the spec last acted upon; null before the first.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>flink-version, flink-revision, total-cpu, total-memory, state-size.</summary>
    public StringMap ClusterInfo { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>TaskManagers the operator expects.</summary>
    public FlinkTaskManagerStatus? TaskManager { get; init; }

    /// <summary>One condition, Running (operator 1.15 and later).</summary>
    public IReadOnlyList<Condition> Conditions { get; init => field = value ?? []; } = [];
}

/// <summary>status.taskManager.</summary>
public sealed record FlinkTaskManagerStatus
{
    /// <summary>Selector of TaskManager pods, empty when none should run.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>How many should run.</summary>
    public int Replicas { get; init; }
}

/// <summary>status.reconciliationStatus.</summary>
public sealed record FlinkReconciliationStatus
{
    /// <summary>Nothing reconciled.</summary>
    public static readonly FlinkReconciliationStatus None = new();

    /// <summary>DEPLOYED, UPGRADING, …</summary>
    public ReconciliationState State { get; init; }

    /// <summary>Last deployment attempt, scaling or nonce.</summary>
    public DateTimeOffset? ReconciliationTimestamp { get; init; }

    /// <summary>JSON text; see <see cref="Readings.LastReconciledSpec"/>. Null before the first deployment.</summary>
    [JsonConverter(typeof(SpecTextConverter))]
    public string? LastReconciledSpec { get; init; }

    /// <summary>JSON text of the spec that last proved stable. The same instance as <see cref="LastReconciledSpec"/> when equal.</summary>
    [JsonConverter(typeof(SpecTextConverter))]
    public string? LastStableSpec { get; init; }

    /// <summary>The last spec has proved stable (the operator compares the texts, too).</summary>
    [JsonIgnore]
    public bool IsStable => LastReconciledSpec is not null && LastReconciledSpec == LastStableSpec;
}
