namespace FlinkDashboard.Model.Kinds;

/// <summary>A Flink application (with <c>spec.job</c>) or session cluster (without).</summary>
public sealed record FlinkDeployment : IKubernetesObject<FlinkDeployment>
{
    /// <inheritdoc />
    public static KindInfo<FlinkDeployment> Info { get; } =
        new("flink.apache.org", "v1beta1", "FlinkDeployment", "flinkdeployments", true, KindsJson.Default.FlinkDeployment, KindsJson.Default.KubernetesListFlinkDeployment);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>What the user wants.</summary>
    public FlinkDeploymentSpec Spec { get; init => field = value ?? FlinkDeploymentSpec.None; } = FlinkDeploymentSpec.None;

    /// <summary>What the operator says; everything empty until it has looked.</summary>
    public FlinkDeploymentStatus Status { get; init => field = value ?? FlinkDeploymentStatus.None; } = FlinkDeploymentStatus.None;
}
