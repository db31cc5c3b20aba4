using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary>Two FlinkDeployments taking turns (operator 1.14 and later).</summary>
public sealed record FlinkBlueGreenDeployment : IKubernetesObject<FlinkBlueGreenDeployment>
{
    /// <inheritdoc />
    public static KindInfo<FlinkBlueGreenDeployment> Info { get; } =
        new("flink.apache.org", "v1beta1", "FlinkBlueGreenDeployment", "flinkbluegreendeployments", true, KindsJson.Default.FlinkBlueGreenDeployment, KindsJson.Default.KubernetesListFlinkBlueGreenDeployment);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>What the user wants.</summary>
    public FlinkBlueGreenSpec Spec { get; init => field = value ?? FlinkBlueGreenSpec.None; } = FlinkBlueGreenSpec.None;

    /// <summary>What the operator says.</summary>
    public FlinkBlueGreenStatus Status { get; init => field = value ?? FlinkBlueGreenStatus.None; } = FlinkBlueGreenStatus.None;
}

/// <summary>spec of a FlinkBlueGreenDeployment.</summary>
public sealed record FlinkBlueGreenSpec
{
    /// <summary>No spec.</summary>
    public static readonly FlinkBlueGreenSpec None = new();

    /// <summary>What both colours are made from.</summary>
    public FlinkBlueGreenTemplate? Template { get; init; }

    /// <summary>kubernetes.operator.bluegreen.* options.</summary>
    public StringMap Configuration { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;
}

/// <summary>spec.template of a FlinkBlueGreenDeployment.</summary>
public sealed record FlinkBlueGreenTemplate
{
    /// <summary>The deployment's spec.</summary>
    public FlinkDeploymentSpec Spec { get; init => field = value ?? FlinkDeploymentSpec.None; } = FlinkDeploymentSpec.None;
}

/// <summary>status of a FlinkBlueGreenDeployment.</summary>
public sealed record FlinkBlueGreenStatus
{
    /// <summary>No status yet.</summary>
    public static readonly FlinkBlueGreenStatus None = new();

    /// <summary>RECONCILING, RUNNING, FAILING or SUSPENDED.</summary>
    public FlinkJobStatus JobStatus { get; init => field = value ?? FlinkJobStatus.None; } = FlinkJobStatus.None;

    /// <summary>Which colour serves, and what is under way.</summary>
    public BlueGreenState BlueGreenState { get; init; }

    /// <summary>JSON text of the last spec.</summary>
    [JsonConverter(typeof(SpecTextConverter))]
    public string? LastReconciledSpec { get; init; }

    /// <summary>When it was put into effect.</summary>
    public DateTimeOffset? LastReconciledTimestamp { get; init; }

    /// <summary>When a transition that does not become ready is given up.</summary>
    public DateTimeOffset? AbortTimestamp { get; init; }

    /// <summary>When the new colour became ready.</summary>
    public DateTimeOffset? DeploymentReadyTimestamp { get; init; }

    /// <summary>JSON or plain text.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Error { get; init; }
}
