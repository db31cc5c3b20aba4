namespace FlinkDashboard.Model.Kinds;

/// <summary>A Karpenter NodePool.</summary>
public sealed record NodePool : IKubernetesObject<NodePool>
{
    /// <inheritdoc />
    public static KindInfo<NodePool> Info { get; } = new("karpenter.sh", "v1", "NodePool", "nodepools", false, KindsJson.Default.NodePool, KindsJson.Default.KubernetesListNodePool);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Template, limits, disruption.</summary>
    public NodePoolSpec Spec { get; init => field = value ?? NodePoolSpec.None; } = NodePoolSpec.None;

    /// <summary>Resources in use and conditions.</summary>
    public NodePoolStatus Status { get; init => field = value ?? NodePoolStatus.None; } = NodePoolStatus.None;
}

/// <summary>spec of a NodePool.</summary>
public sealed record NodePoolSpec
{
    /// <summary>No spec.</summary>
    public static readonly NodePoolSpec None = new();

    /// <summary>What its nodes are made from.</summary>
    public NodeClaimTemplate? Template { get; init; }

    /// <summary>Most it may use, as quantities.</summary>
    public StringMap Limits { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>When nodes are replaced.</summary>
    public NodePoolDisruption? Disruption { get; init; }

    /// <summary>Pools of higher weight are tried first.</summary>
    public int? Weight { get; init; }
}

/// <summary>spec.template of a NodePool.</summary>
public sealed record NodeClaimTemplate
{
    /// <summary>Labels of the nodes.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Requirements and taints.</summary>
    public NodeClaimSpec Spec { get; init => field = value ?? NodeClaimSpec.None; } = NodeClaimSpec.None;
}

/// <summary>spec.disruption.</summary>
/// <param name="ConsolidationPolicy">WhenEmpty, WhenEmptyOrUnderutilized, …</param>
/// <param name="ConsolidateAfter">Duration or Never.</param>
public sealed record NodePoolDisruption(string? ConsolidationPolicy, string? ConsolidateAfter);

/// <summary>status of a NodePool.</summary>
public sealed record NodePoolStatus
{
    /// <summary>No status yet.</summary>
    public static readonly NodePoolStatus None = new();

    /// <summary>Quantities in use.</summary>
    public StringMap Resources { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>Ready and others.</summary>
    public IReadOnlyList<Condition> Conditions { get; init => field = value ?? []; } = [];
}
