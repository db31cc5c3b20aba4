namespace FlinkDashboard.Model.Kinds;

/// <summary>A ClusterRoleBinding: who may do it.</summary>
public sealed record ClusterRoleBinding : IKubernetesObject<ClusterRoleBinding>
{
    /// <inheritdoc />
    public static KindInfo<ClusterRoleBinding> Info { get; } =
        new("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", false, KindsJson.Default.ClusterRoleBinding, KindsJson.Default.KubernetesListClusterRoleBinding);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>The role that is granted.</summary>
    public RoleRef? RoleRef { get; init; }

    /// <summary>To whom.</summary>
    public IReadOnlyList<RbacSubject> Subjects { get; init => field = value ?? []; } = [];
}
