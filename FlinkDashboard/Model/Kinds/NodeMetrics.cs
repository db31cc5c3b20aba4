namespace FlinkDashboard.Model.Kinds;

/// <summary>What a node uses (metrics.k8s.io; polled).</summary>
public sealed record NodeMetrics : IKubernetesObject<NodeMetrics>
{
    /// <inheritdoc />
    public static KindInfo<NodeMetrics> Info { get; } =
        new("metrics.k8s.io", "v1beta1", "NodeMetrics", "nodes", false, KindsJson.Default.NodeMetrics, KindsJson.Default.KubernetesListNodeMetrics) { Watched = false };

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>End of the interval measured.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Its length, for instance <c>20.05s</c>.</summary>
    public string? Window { get; init; }

    /// <summary>cpu and memory as quantities.</summary>
    public StringMap Usage { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;
}
