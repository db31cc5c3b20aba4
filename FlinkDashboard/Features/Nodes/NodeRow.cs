using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Ui.Live;
using FlinkDashboard.Ui.Objects;

namespace FlinkDashboard.Features.Nodes;

/// <summary>A pod as a small square on its node.</summary>
/// <param name="Tint">1 to 8 for a Flink cluster's pod, 0 for anything else.</param>
public sealed record PodSquare(string Name, string Namespace, string Owner, int Tint, string Tone);

/// <summary>A node with the columns of <c>kubectl get nodes</c> and what it gives, promised and uses.</summary>
/// <param name="Status">kubectl's STATUS: "Ready", "NotReady", with ",SchedulingDisabled".</param>
/// <param name="CapacityType">"Spot", "On demand", or null when no label says so.</param>
/// <param name="Pool">Karpenter NodePool, else EKS node group, else the NodeGroupType label.</param>
/// <param name="Cpu">Cores: allocatable, requested, used.</param>
/// <param name="Memory">Bytes: allocatable, requested, used.</param>
public sealed record NodeRow(string Name, string Status, string Tone, string Roles, DateTimeOffset? Created, string Version, string? InstanceType, string? CapacityType, string? Zone, string? Pool,
    string? Architecture, Share Cpu, Share Memory, int PodLimit, Values<PodSquare> Pods, Values<string> Taints, string? Trouble)
{
    public bool IsReady => Tone == "healthy";

    public string ShortName => NodeName.Short(Name);

    /// <summary>Reads a node, the pods bound to it and its measured use (null when metrics.k8s.io does not answer).</summary>
    public static NodeRow From(Node node, IReadOnlyCollection<Pod> pods, NodeMetrics? metrics)
    {
        var reading = NodeReading.Of(node);
        var running = pods.Where(pod => pod.Status.Phase is not ("Succeeded" or "Failed")).Select(PodRow.From).ToArray();
        return new NodeRow(node.Metadata.Name, reading.Status, ToneOf(node, reading), string.Join(",", reading.Roles), node.Metadata.CreationTimestamp, node.Status.NodeInfo.KubeletVersion ?? "",
            reading.InstanceType, CapacityWords(reading.CapacityType), reading.Zone, reading.Pool, node.Metadata.Labels["kubernetes.io/arch"] ?? node.Status.NodeInfo.Architecture,
            new Share(Value(node, "cpu"), running.Sum(pod => pod.CpuRequest), Used(metrics, "cpu")),
            new Share(Value(node, "memory"), running.Sum(pod => pod.MemoryRequest), Used(metrics, "memory")),
            (int)Math.Min(int.MaxValue, Value(node, "pods") ?? 0),
            Values<PodSquare>.Of(running.Select(Square).OrderBy(pod => pod.Tint == 0).ThenBy(pod => pod.Owner, StringComparer.Ordinal).ThenBy(pod => pod.Name, StringComparer.Ordinal)),
            Values<string>.Of(node.Spec.Taints.Select(taint => taint.ToString())), TroubleOf(node));
    }

    private static string ToneOf(Node node, NodeReading reading) => reading.IsReady ? "healthy"
        : node.Status.Conditions.Of("Ready") switch
        {
            { IsTrue: true } => "changing",
            { Status: "False" } => "failing",
            _ => "unknown",
        };

    private static string? CapacityWords(string? type) => type switch
    {
        "spot" => "Spot",
        "on-demand" => "On demand",
        null => null,
        var other => char.ToUpperInvariant(other[0]) + other[1..].Replace('-', ' '),
    };

    private static string? TroubleOf(Node node)
    {
        var bad = node.Status.Conditions.Where(condition => condition.Type == "Ready" ? !condition.IsTrue : condition.IsTrue).Select(condition => condition.Message ?? condition.Type).ToArray();
        return bad.Length == 0 ? null : string.Join("; ", bad);
    }

    private static PodSquare Square(PodRow pod) => new(pod.Name, pod.Namespace, pod.Owner.Name, pod.Owner.IsFlink ? pod.Owner.Tint : 0, pod.Tone);

    private static double? Value(Node node, string name) => (double?)Quantity.Of(node.Status.Allocatable, name);

    private static double? Used(NodeMetrics? metrics, string name) => metrics is null ? null : (double?)Quantity.Of(metrics.Usage, name);
}
