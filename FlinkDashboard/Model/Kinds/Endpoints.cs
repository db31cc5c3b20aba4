namespace FlinkDashboard.Model.Kinds;

/// <summary>The addresses behind a Service.</summary>
public sealed record Endpoints : IKubernetesObject<Endpoints>
{
    /// <inheritdoc />
    public static KindInfo<Endpoints> Info { get; } = new("", "v1", "Endpoints", "endpoints", true, KindsJson.Default.Endpoints, KindsJson.Default.KubernetesListEndpoints);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Groups of addresses.</summary>
    public IReadOnlyList<EndpointSubset> Subsets { get; init => field = value ?? []; } = [];
}

/// <summary>One group of addresses.</summary>
public sealed record EndpointSubset
{
    /// <summary>Addresses that take requests.</summary>
    public IReadOnlyList<EndpointAddress> Addresses { get; init => field = value ?? []; } = [];

    /// <summary>Addresses that are not ready.</summary>
    public IReadOnlyList<EndpointAddress> NotReadyAddresses { get; init => field = value ?? []; } = [];
}

/// <summary>One address.</summary>
public sealed record EndpointAddress
{
    /// <summary>IP address.</summary>
    public string Ip { get; init => field = value ?? ""; } = "";

    /// <summary>The pod.</summary>
    public ObjectReference? TargetRef { get; init; }
}
