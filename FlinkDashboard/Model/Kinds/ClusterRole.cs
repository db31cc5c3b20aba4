namespace FlinkDashboard.Model.Kinds;

/// <summary>A ClusterRole: what may be done.</summary>
public sealed record ClusterRole : IKubernetesObject<ClusterRole>
{
    /// <inheritdoc />
    public static KindInfo<ClusterRole> Info { get; } =
        new("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", false, KindsJson.Default.ClusterRole, KindsJson.Default.KubernetesListClusterRole);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Its rules.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; init => field = value ?? []; } = [];
}
