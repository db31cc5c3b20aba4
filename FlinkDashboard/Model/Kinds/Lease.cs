namespace FlinkDashboard.Model.Kinds;

/// <summary>A Lease: who leads.</summary>
public sealed record Lease : IKubernetesObject<Lease>
{
    /// <inheritdoc />
    public static KindInfo<Lease> Info { get; } = new("coordination.k8s.io", "v1", "Lease", "leases", true, KindsJson.Default.Lease, KindsJson.Default.KubernetesListLease);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Holder and times.</summary>
    public LeaseSpec Spec { get; init => field = value ?? LeaseSpec.None; } = LeaseSpec.None;
}

/// <summary>spec of a Lease.</summary>
public sealed record LeaseSpec
{
    /// <summary>No spec.</summary>
    public static readonly LeaseSpec None = new();

    /// <summary>Who holds it; empty for nobody.</summary>
    public string? HolderIdentity { get; init; }

    /// <summary>Seconds after <see cref="RenewTime"/> until others may take it.</summary>
    public int? LeaseDurationSeconds { get; init; }

    /// <summary>Since when this holder has it.</summary>
    public DateTimeOffset? AcquireTime { get; init; }

    /// <summary>Last renewal.</summary>
    public DateTimeOffset? RenewTime { get; init; }

    /// <summary>How often it changed hands.</summary>
    public int? LeaseTransitions { get; init; }
}
