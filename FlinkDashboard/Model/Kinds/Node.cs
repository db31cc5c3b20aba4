using System.Text.Json.Serialization;

namespace FlinkDashboard.Model.Kinds;

/// <summary>A node.</summary>
public sealed record Node : IKubernetesObject<Node>
{
    /// <inheritdoc />
    public static KindInfo<Node> Info { get; } = new("", "v1", "Node", "nodes", false, KindsJson.Default.Node, KindsJson.Default.KubernetesListNode);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Taints and cordon.</summary>
    public NodeSpec Spec { get; init => field = value ?? NodeSpec.None; } = NodeSpec.None;

    /// <summary>Capacity and conditions.</summary>
    public NodeStatus Status { get; init => field = value ?? NodeStatus.None; } = NodeStatus.None;
}

/// <summary>spec of a node.</summary>
public sealed record NodeSpec
{
    /// <summary>No spec.</summary>
    public static readonly NodeSpec None = new();

    /// <summary>Cordoned.</summary>
    public bool Unschedulable { get; init; }

    /// <summary>aws:///zone/instance on AWS.</summary>
    [JsonPropertyName("providerID")]
    public string? ProviderId { get; init; }

    /// <summary>What pods must tolerate.</summary>
    public IReadOnlyList<Taint> Taints { get; init => field = value ?? []; } = [];
}

/// <summary>A taint.</summary>
/// <param name="Key">Key.</param>
/// <param name="Value">Value, if any.</param>
/// <param name="Effect">NoSchedule, PreferNoSchedule or NoExecute.</param>
public sealed record Taint(string? Key, string? Value, string? Effect)
{
    /// <summary><c>key=value:Effect</c>.</summary>
    public override string ToString() => $"{Key}{(string.IsNullOrEmpty(Value) ? "" : "=" + Value)}:{Effect}";
}

/// <summary>status of a node.</summary>
public sealed record NodeStatus
{
    /// <summary>No status yet.</summary>
    public static readonly NodeStatus None = new();

    /// <summary>Quantities by resource.</summary>
    public StringMap Capacity { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>What pods may use of it.</summary>
    public StringMap Allocatable { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>Ready, MemoryPressure, …</summary>
    public IReadOnlyList<Condition> Conditions { get; init => field = value ?? []; } = [];

    /// <summary>Addresses.</summary>
    public IReadOnlyList<NodeAddress> Addresses { get; init => field = value ?? []; } = [];

    /// <summary>Versions.</summary>
    public NodeSystemInfo NodeInfo { get; init => field = value ?? NodeSystemInfo.None; } = NodeSystemInfo.None;
}

/// <summary>An address of a node.</summary>
/// <param name="Type">InternalIP, Hostname, …</param>
/// <param name="Address">The address.</param>
public readonly record struct NodeAddress(string? Type, string? Address);

/// <summary>status.nodeInfo.</summary>
public sealed record NodeSystemInfo
{
    /// <summary>Nothing known.</summary>
    public static readonly NodeSystemInfo None = new();

    /// <summary>Version that <c>kubectl get nodes</c> shows.</summary>
    public string? KubeletVersion { get; init; }

    /// <summary>Operating system image.</summary>
    public string? OsImage { get; init; }

    /// <summary>amd64 or arm64.</summary>
    public string? Architecture { get; init; }

    /// <summary>Kernel.</summary>
    public string? KernelVersion { get; init; }

    /// <summary>containerd://…</summary>
    public string? ContainerRuntimeVersion { get; init; }
}
