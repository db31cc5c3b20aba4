using System.Text.Json;

namespace FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

/// <summary>A node as far as metrics show it. Resources in cores, bytes and numbers.</summary>
internal sealed class NodeState
{
    private NodeState(WorldObject node, JsonElement root)
    {
        (Name, Uid, Labels) = (node.Name, node.Uid, node.Labels);
        var (spec, status) = (Json.Child(root, "spec"), Json.Child(root, "status"));
        Created = Json.Time(root.GetProperty("metadata"), "creationTimestamp") ?? DateTimeOffset.UnixEpoch;
        IsUnschedulable = Json.Flag(spec, "unschedulable");
        ProviderId = Json.Text(spec, "providerID");
        Taints = [.. Json.Items(spec, "taints").Select(t => (Json.Text(t, "key"), Json.Text(t, "value"), Json.Text(t, "effect")))];
        Capacity = Resources(status, "capacity");
        Allocatable = Resources(status, "allocatable");
        Conditions = Json.Items(status, "conditions").GroupBy(c => Json.Text(c, "type")).ToDictionary(g => g.Key, g => Json.Text(g.First(), "status"));
        Ip = Json.Items(status, "addresses").Where(a => Json.Text(a, "type") == "InternalIP").Select(a => Json.Text(a, "address")).FirstOrDefault() ?? "0.0.0.0";
        var info = Json.Child(status, "nodeInfo");
        Info = LabelSet.Of("kernel_version", Json.Text(info, "kernelVersion"), "os_image", Json.Text(info, "osImage"), "kubelet_version", Json.Text(info, "kubeletVersion"),
            "container_runtime_version", Json.Text(info, "containerRuntimeVersion"), "provider_id", ProviderId, "internal_ip", Ip);
    }

    public string Name { get; }

    public string Uid { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    public DateTimeOffset Created { get; }

    public bool IsUnschedulable { get; }

    public string ProviderId { get; }

    public IReadOnlyList<(string Key, string Value, string Effect)> Taints { get; }

    public IReadOnlyDictionary<string, double> Capacity { get; }

    public IReadOnlyDictionary<string, double> Allocatable { get; }

    /// <summary>True, False or Unknown by type.</summary>
    public IReadOnlyDictionary<string, string> Conditions { get; }

    public string Ip { get; }

    /// <summary>Labels of <c>kube_node_info</c>.</summary>
    public LabelSet Info { get; }

    public int Cores => (int)Math.Max(1, Capacity.GetValueOrDefault("cpu"));

    public double MemoryBytes => Capacity.GetValueOrDefault("memory");

    public bool IsReady => Conditions.GetValueOrDefault("Ready") == "True";

    /// <summary>All that the series depend on; the kubelet's heartbeats are not.</summary>
    public string Signature => string.Join('|', IsUnschedulable, Ip, Info, string.Join(',', Labels.Select(l => l.Key + l.Value)), string.Join(',', Taints),
        string.Join(',', Conditions.Select(c => c.Key + c.Value)), string.Join(',', Capacity.Concat(Allocatable).Select(c => c.Key + c.Value)));

    public static NodeState Of(WorldObject node)
    {
        using var document = JsonDocument.Parse(node.Json);
        return new NodeState(node, document.RootElement);
    }

    private static Dictionary<string, double> Resources(JsonElement status, string kind) => Json.Child(status, kind) is { ValueKind: JsonValueKind.Object } all
        ? all.EnumerateObject().Where(r => Json.Amount(all, r.Name) is not null).ToDictionary(r => r.Name, r => Json.Amount(all, r.Name)!.Value)
        : [];
}
