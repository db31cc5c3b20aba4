using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>A node's taint.</summary>
internal sealed record Taint(string Key, string Value, string Effect);

/// <summary>What scheduling and the kubelet need to know of a node, read once per stored version.</summary>
internal sealed class NodeFacts
{
    private NodeFacts(WorldObject node, JsonObject json)
    {
        Object = node;
        CpuMillis = Quantity.Millis(Amount(json, "cpu"));
        MemoryBytes = Quantity.Bytes(Amount(json, "memory"));
        Pods = Quantity.Parse(Amount(json, "pods")) is { } pods ? (int)pods : 110;
        IsCordoned = json.Flag("spec", "unschedulable");
        Taints = [.. json.Items("spec", "taints").Select(t => new Taint(t.Text("key") ?? "", t.Text("value") ?? "", t.Text("effect") ?? ""))];
        ReadyStatus = json.Items("status", "conditions").FirstOrDefault(c => c.Text("type") == "Ready").Text("status") ?? "True";
        InternalIp = json.Items("status", "addresses").FirstOrDefault(a => a.Text("type") == "InternalIP").Text("address") ?? "10.0.0.1";
    }

    public WorldObject Object { get; }

    public string Name => Object.Name;

    public IReadOnlyDictionary<string, string> Labels => Object.Labels;

    /// <summary>Allocatable thousandths of a core.</summary>
    public long CpuMillis { get; }

    /// <summary>Allocatable bytes.</summary>
    public long MemoryBytes { get; }

    /// <summary>Allocatable pods.</summary>
    public int Pods { get; }

    public bool IsCordoned { get; }

    public IReadOnlyList<Taint> Taints { get; }

    /// <summary>True, False or Unknown.</summary>
    public string ReadyStatus { get; }

    public string InternalIp { get; }

    public static NodeFacts Of(WorldObject node) => new(node, node.Read());

    private static string? Amount(JsonObject node, string name) => node.Text("status", "allocatable", name) ?? node.Text("status", "capacity", name);
}

/// <summary>What the pods on a node request together.</summary>
internal sealed class NodeLoad
{
    public long CpuMillis { get; private set; }

    public long MemoryBytes { get; private set; }

    public Dictionary<string, PodFacts> Pods { get; } = [];

    public int Count { get; private set; }

    public void Add(PodFacts pod, int sign)
    {
        if (sign > 0)
            Pods[pod.Object.Uid] = pod;
        else
            Pods.Remove(pod.Object.Uid);
        if (!pod.HoldsNode)
            return;
        CpuMillis += sign * pod.CpuMillis;
        MemoryBytes += sign * pod.MemoryBytes;
        Count += sign;
    }
}
