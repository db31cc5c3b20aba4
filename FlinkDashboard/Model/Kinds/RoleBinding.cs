namespace FlinkDashboard.Model.Kinds;

/// <summary>A RoleBinding: who may do it.</summary>
public sealed record RoleBinding : IKubernetesObject<RoleBinding>
{
    /// <inheritdoc />
    public static KindInfo<RoleBinding> Info { get; } =
        new("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", true, KindsJson.Default.RoleBinding, KindsJson.Default.KubernetesListRoleBinding);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>The role that is granted.</summary>
    public RoleRef? RoleRef { get; init; }

    /// <summary>To whom.</summary>
    public IReadOnlyList<RbacSubject> Subjects { get; init => field = value ?? []; } = [];
}

/// <summary>Which role a binding grants.</summary>
/// <param name="Kind">Role or ClusterRole.</param>
/// <param name="Name">Its name.</param>
public sealed record RoleRef(string? Kind, string? Name);

/// <summary>Who is granted a role.</summary>
/// <param name="Kind">User, Group or ServiceAccount.</param>
/// <param name="Name">Name.</param>
/// <param name="Namespace">Of a service account.</param>
public sealed record RbacSubject(string? Kind, string? Name, string? Namespace);
