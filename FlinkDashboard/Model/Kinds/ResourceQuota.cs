namespace FlinkDashboard.Model.Kinds;

/// <summary>A quota of a namespace.</summary>
public sealed record ResourceQuota : IKubernetesObject<ResourceQuota>
{
    /// <inheritdoc />
    public static KindInfo<ResourceQuota> Info { get; } = new("", "v1", "ResourceQuota", "resourcequotas", true, KindsJson.Default.ResourceQuota, KindsJson.Default.KubernetesListResourceQuota);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Limits asked for.</summary>
    public ResourceQuotaStatus Spec { get; init => field = value ?? ResourceQuotaStatus.None; } = ResourceQuotaStatus.None;

    /// <summary>Limits in force and use.</summary>
    public ResourceQuotaStatus Status { get; init => field = value ?? ResourceQuotaStatus.None; } = ResourceQuotaStatus.None;
}

/// <summary>Quantities by resource name (<c>requests.cpu</c>, <c>pods</c>, …).</summary>
public sealed record ResourceQuotaStatus
{
    /// <summary>Nothing.</summary>
    public static readonly ResourceQuotaStatus None = new();

    /// <summary>Most allowed.</summary>
    public StringMap Hard { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>In use.</summary>
    public StringMap Used { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;
}
