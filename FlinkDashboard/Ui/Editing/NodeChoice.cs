using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Ui.Editing;

/// <summary>Nodes that pods can be sent to by one label: a Karpenter pool or a managed node group.</summary>
/// <param name="Name">Name of the pool or group.</param>
/// <param name="Key">Label that selects its nodes.</param>
/// <param name="Value">Value of that label.</param>
/// <param name="Taints">What its pods must tolerate.</param>
/// <param name="Architecture">amd64 or arm64 when all its nodes have the same; null for either or not known.</param>
/// <param name="IsKarpenter">Nodes come when pods ask for them; a group grows only through the Cluster Autoscaler.</param>
public sealed record NodeChoice(string Name, string Key, string Value, Values<Taint> Taints, string? Architecture, bool IsKarpenter)
{
    private const string Group = "eks.amazonaws.com/nodegroup";

    // The label by which the platform's own manifests choose nodes; pools that have it are best named by it.
    private const string GroupType = "NodeGroupType";

    /// <summary>Made for add-ons rather than for Flink.</summary>
    public bool IsCore => Value.StartsWith("core", StringComparison.OrdinalIgnoreCase) || Name.StartsWith("core", StringComparison.OrdinalIgnoreCase);

    /// <summary>Name and what distinguishes it, for a list to choose from.</summary>
    public string Words => $"{Name} ({string.Join(", ", new[] { Architecture, IsKarpenter ? "Karpenter" : "node group", Taints.Count > 0 ? $"taint {Taints[0]}" : null }.OfType<string>())})";

    /// <summary>All that the cluster has and the viewer may see, pools first.</summary>
    public static IReadOnlyList<NodeChoice> Of(ClusterView cluster) =>
    [
        .. cluster.All<NodePool>().OrderByDescending(pool => pool.Spec.Weight ?? 0).ThenBy(pool => pool.Metadata.Name, StringComparer.Ordinal).Select(From),
        .. cluster.All<Node>().Where(node => node.Metadata.Labels[Group] is not null).GroupBy(node => node.Metadata.Labels[Group]!).OrderBy(group => group.Key, StringComparer.Ordinal).Select(From),
    ];

    /// <summary>Reads a Karpenter pool.</summary>
    public static NodeChoice From(NodePool pool)
    {
        var template = pool.Spec.Template ?? new();
        var architectures = template.Spec.Requirements.FirstOrDefault(one => one.Key == "kubernetes.io/arch" && one.Operator == "In")?.Values ?? [];
        var (key, value) = template.Metadata.Labels[GroupType] is { } type ? (GroupType, type) : ("karpenter.sh/nodepool", pool.Metadata.Name);
        return new(pool.Metadata.Name, key, value, Hard(template.Spec.Taints), architectures.Count == 1 ? architectures[0] : null, true);
    }

    private static NodeChoice From(IGrouping<string, Node> group)
    {
        var architectures = group.Select(node => node.Status.NodeInfo.Architecture ?? node.Metadata.Labels["kubernetes.io/arch"]).Distinct().ToArray();
        return new(group.Key, Group, group.Key, Hard(group.First().Spec.Taints), architectures.Length == 1 ? architectures[0] : null, false);
    }

    // Pods go to nodes with a soft taint, too; conditions of the node itself (node.kubernetes.io/…) pass.
    private static Values<Taint> Hard(IEnumerable<Taint> taints) =>
        Values<Taint>.Of(taints.Where(taint => taint.Effect != "PreferNoSchedule" && taint.Key?.StartsWith("node.kubernetes.io/", StringComparison.Ordinal) != true));
}
