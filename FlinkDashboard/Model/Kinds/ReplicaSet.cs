namespace FlinkDashboard.Model.Kinds;

/// <summary>A ReplicaSet: the link from a Deployment to its pods.</summary>
public sealed record ReplicaSet : IKubernetesObject<ReplicaSet>
{
    /// <inheritdoc />
    public static KindInfo<ReplicaSet> Info { get; } = new("apps", "v1", "ReplicaSet", "replicasets", true, KindsJson.Default.ReplicaSet, KindsJson.Default.KubernetesListReplicaSet);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>What should run.</summary>
    public WorkloadSpec Spec { get; init => field = value ?? WorkloadSpec.None; } = WorkloadSpec.None;

    /// <summary>What runs.</summary>
    public WorkloadStatus Status { get; init => field = value ?? WorkloadStatus.None; } = WorkloadStatus.None;
}
