namespace FlinkDashboard.Model.Kinds;

/// <summary>A Role: what may be done.</summary>
public sealed record Role : IKubernetesObject<Role>
{
    /// <inheritdoc />
    public static KindInfo<Role> Info { get; } =
        new("rbac.authorization.k8s.io", "v1", "Role", "roles", true, KindsJson.Default.Role, KindsJson.Default.KubernetesListRole);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Its rules.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; init => field = value ?? []; } = [];
}

/// <summary>One rule of a Role or ClusterRole.</summary>
public sealed record PolicyRule
{
    /// <summary>get, list, … or <c>*</c>.</summary>
    public IReadOnlyList<string> Verbs { get; init => field = value ?? []; } = [];

    /// <summary>API groups; empty text for core.</summary>
    public IReadOnlyList<string> ApiGroups { get; init => field = value ?? []; } = [];

    /// <summary>Plurals, subresources after a slash.</summary>
    public IReadOnlyList<string> Resources { get; init => field = value ?? []; } = [];

    /// <summary>Only these names; empty for all.</summary>
    public IReadOnlyList<string> ResourceNames { get; init => field = value ?? []; } = [];

    /// <summary>URLs outside the API.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("nonResourceURLs")]
    public IReadOnlyList<string> NonResourceUrls { get; init => field = value ?? []; } = [];
}
