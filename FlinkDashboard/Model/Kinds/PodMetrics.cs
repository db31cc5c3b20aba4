namespace FlinkDashboard.Model.Kinds;

/// <summary>What a pod uses (metrics.k8s.io; polled).</summary>
public sealed record PodMetrics : IKubernetesObject<PodMetrics>
{
    /// <inheritdoc />
    public static KindInfo<PodMetrics> Info { get; } =
        new("metrics.k8s.io", "v1beta1", "PodMetrics", "pods", true, KindsJson.Default.PodMetrics, KindsJson.Default.KubernetesListPodMetrics) { Watched = false };

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>End of the interval measured.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>By container.</summary>
    public IReadOnlyList<ContainerMetrics> Containers { get; init => field = value ?? []; } = [];
}

/// <summary>What a container uses.</summary>
public sealed record ContainerMetrics
{
    /// <summary>Container name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>cpu and memory as quantities.</summary>
    public StringMap Usage { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;
}
