namespace FlinkDashboard.Model.Kinds;

/// <summary>A job on a session cluster of its namespace.</summary>
public sealed record FlinkSessionJob : IKubernetesObject<FlinkSessionJob>
{
    /// <inheritdoc />
    public static KindInfo<FlinkSessionJob> Info { get; } =
        new("flink.apache.org", "v1beta1", "FlinkSessionJob", "flinksessionjobs", true, KindsJson.Default.FlinkSessionJob, KindsJson.Default.KubernetesListFlinkSessionJob);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>What the user wants.</summary>
    public FlinkSessionJobSpec Spec { get; init => field = value ?? FlinkSessionJobSpec.None; } = FlinkSessionJobSpec.None;

    /// <summary>What the operator says.</summary>
    public FlinkDeploymentStatus Status { get; init => field = value ?? FlinkDeploymentStatus.None; } = FlinkDeploymentStatus.None;
}

/// <summary>spec of a FlinkSessionJob.</summary>
public sealed record FlinkSessionJobSpec
{
    /// <summary>No spec.</summary>
    public static readonly FlinkSessionJobSpec None = new();

    /// <summary>The session FlinkDeployment of the same namespace.</summary>
    public string DeploymentName { get; init => field = value ?? ""; } = "";

    /// <summary>The job.</summary>
    public FlinkJobSpec Job { get; init => field = value ?? FlinkJobSpec.None; } = FlinkJobSpec.None;

    /// <summary>A new value redeploys the same spec.</summary>
    public long? RestartNonce { get; init; }

    /// <summary>Keys of the job and the operator.</summary>
    public StringMap FlinkConfiguration { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;
}
