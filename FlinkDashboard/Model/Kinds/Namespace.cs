namespace FlinkDashboard.Model.Kinds;

/// <summary>A namespace.</summary>
public sealed record Namespace : IKubernetesObject<Namespace>
{
    /// <inheritdoc />
    public static KindInfo<Namespace> Info { get; } = new("", "v1", "Namespace", "namespaces", false, KindsJson.Default.Namespace, KindsJson.Default.KubernetesListNamespace);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Active or Terminating.</summary>
    public NamespaceStatus Status { get; init => field = value ?? NamespaceStatus.None; } = NamespaceStatus.None;
}

/// <summary>status of a namespace.</summary>
public sealed record NamespaceStatus
{
    /// <summary>No status yet.</summary>
    public static readonly NamespaceStatus None = new();

    /// <summary>Active or Terminating.</summary>
    public string Phase { get; init => field = value ?? ""; } = "";

    /// <summary>What blocks its deletion.</summary>
    public IReadOnlyList<Condition> Conditions { get; init => field = value ?? []; } = [];
}
