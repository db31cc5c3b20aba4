using System.Text.Json.Serialization;

namespace FlinkDashboard.Model.Kinds;

/// <summary>A Karpenter NodeClaim: a node that is being made, is, or is going away.</summary>
public sealed record NodeClaim : IKubernetesObject<NodeClaim>
{
    /// <inheritdoc />
    public static KindInfo<NodeClaim> Info { get; } = new("karpenter.sh", "v1", "NodeClaim", "nodeclaims", false, KindsJson.Default.NodeClaim, KindsJson.Default.KubernetesListNodeClaim);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>What was asked for.</summary>
    public NodeClaimSpec Spec { get; init => field = value ?? NodeClaimSpec.None; } = NodeClaimSpec.None;

    /// <summary>What came.</summary>
    public NodeClaimStatus Status { get; init => field = value ?? NodeClaimStatus.None; } = NodeClaimStatus.None;
}

/// <summary>spec of a NodeClaim.</summary>
public sealed record NodeClaimSpec
{
    /// <summary>No spec.</summary>
    public static readonly NodeClaimSpec None = new();

    /// <summary>Conditions on the node's labels.</summary>
    public IReadOnlyList<NodeRequirement> Requirements { get; init => field = value ?? []; } = [];

    /// <summary>Taints of the node.</summary>
    public IReadOnlyList<Taint> Taints { get; init => field = value ?? []; } = [];

    /// <summary>Its node class.</summary>
    public NodeClassReference? NodeClassRef { get; init; }

    /// <summary>Resources the pods ask for.</summary>
    public ResourceRequirements Resources { get; init => field = value ?? ResourceRequirements.None; } = ResourceRequirements.None;

    /// <summary>Duration or Never.</summary>
    public string? ExpireAfter { get; init; }
}

/// <summary>One requirement.</summary>
public sealed record NodeRequirement
{
    /// <summary>Label.</summary>
    public string Key { get; init => field = value ?? ""; } = "";

    /// <summary>In, NotIn, Exists, DoesNotExist, Gt or Lt.</summary>
    public string? Operator { get; init; }

    /// <summary>Values.</summary>
    public IReadOnlyList<string> Values { get; init => field = value ?? []; } = [];
}

/// <summary>nodeClassRef.</summary>
/// <param name="Group">karpenter.k8s.aws.</param>
/// <param name="Kind">EC2NodeClass.</param>
/// <param name="Name">Its name.</param>
public sealed record NodeClassReference(string? Group, string? Kind, string? Name);

/// <summary>status of a NodeClaim.</summary>
public sealed record NodeClaimStatus
{
    /// <summary>No status yet.</summary>
    public static readonly NodeClaimStatus None = new();

    /// <summary>The node, once it registered.</summary>
    public string? NodeName { get; init; }

    /// <summary>The instance.</summary>
    [JsonPropertyName("providerID")]
    public string? ProviderId { get; init; }

    /// <summary>Quantities of the instance.</summary>
    public StringMap Capacity { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>Launched, Registered, Initialized, Ready, Drifted, …</summary>
    public IReadOnlyList<Condition> Conditions { get; init => field = value ?? []; } = [];
}
