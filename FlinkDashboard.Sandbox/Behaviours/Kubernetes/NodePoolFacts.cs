using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>A karpenter.sh/v1 NodePool: what its nodes are and how many there may be.</summary>
internal sealed class NodePoolFacts
{
    public const string PoolLabel = "karpenter.sh/nodepool";
    public const string CapacityLabel = "karpenter.sh/capacity-type";
    public const string ZoneLabel = "topology.kubernetes.io/zone";
    private readonly IReadOnlyList<PodPlacement.Requirement> _requirements;

    public NodePoolFacts(WorldObject pool)
    {
        Object = pool;
        Json = pool.Read();
        Labels = new Dictionary<string, string>(Json.Map("spec", "template", "metadata", "labels")) { [PoolLabel] = pool.Name };
        Taints = [.. Json.Items("spec", "template", "spec", "taints").Select(t => new Taint(t.Text("key") ?? "", t.Text("value") ?? "", t.Text("effect") ?? ""))];
        Weight = Json.Number("spec", "weight") ?? 0;
        _requirements = [.. Json.Items("spec", "template", "spec", "requirements").Select(PodPlacement.Requirement.Of)];
        LimitMillis = Json.Text("spec", "limits", "cpu") is { } cpu ? Quantity.Millis(cpu) : long.MaxValue;
        LimitBytes = Json.Text("spec", "limits", "memory") is { } memory ? Quantity.Bytes(memory) : long.MaxValue;
        var after = Json.Text("spec", "disruption", "consolidateAfter") ?? "0s";
        ConsolidateAfter = after.EndsWith('s') && int.TryParse(after[..^1], out var seconds) ? TimeSpan.FromSeconds(seconds)
            : after.EndsWith('m') && int.TryParse(after[..^1], out var minutes) ? TimeSpan.FromMinutes(minutes)
            : null;
    }

    public WorldObject Object { get; }

    public JsonObject Json { get; }

    public string Name => Object.Name;

    public IReadOnlyDictionary<string, string> Labels { get; }

    public IReadOnlyList<Taint> Taints { get; }

    public long Weight { get; }

    public long LimitMillis { get; }

    public long LimitBytes { get; }

    /// <summary>How long a node may stay empty; null for ever.</summary>
    public TimeSpan? ConsolidateAfter { get; }

    /// <summary>True if the pool may launch the type and the pod accepts it.</summary>
    public bool Offers(InstanceType type, PodPlacement pod, IReadOnlyList<string> zones) => pod.Tolerates(Taints) && LabelsFor(type, pod, zones) is not null;

    /// <summary>The labels of a node of the type that the pod accepts: the cheapest capacity, any zone; null if there is none.</summary>
    public Dictionary<string, string>? LabelsFor(InstanceType type, PodPlacement pod, IReadOnlyList<string> zones)
    {
        var labels = new Dictionary<string, string>(Labels);
        foreach (var (key, value) in type.Labels)
            labels.TryAdd(key, value);
        foreach (var capacity in new[] { "spot", "on-demand" })
        {
            labels[CapacityLabel] = capacity;
            foreach (var zone in zones)
            {
                labels[ZoneLabel] = zone;
                if (_requirements.All(r => r.Matches(labels)) && pod.Matches(labels))
                    return labels;
            }
        }
        return null;
    }
}
