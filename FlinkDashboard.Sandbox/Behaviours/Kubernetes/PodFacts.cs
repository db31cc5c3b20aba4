using System.Text.Json;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>What the control plane needs to know of a pod, read once per stored version.</summary>
internal sealed class PodFacts
{
    private PodFacts(WorldObject pod, JsonElement root)
    {
        Object = pod;
        var spec = root.GetProperty("spec");
        NodeName = Text(spec, "nodeName");
        SchedulerName = Text(spec, "schedulerName");
        Priority = spec.TryGetProperty("priority", out var p) && p.ValueKind == JsonValueKind.Number ? p.GetInt32() : 0;
        foreach (var container in Items(spec, "containers"))
        {
            CpuMillis += Quantity.Millis(Request(container, "cpu"));
            MemoryBytes += Quantity.Bytes(Request(container, "memory"));
        }
        foreach (var container in Items(spec, "initContainers"))
        {
            CpuMillis = Math.Max(CpuMillis, Quantity.Millis(Request(container, "cpu")));
            MemoryBytes = Math.Max(MemoryBytes, Quantity.Bytes(Request(container, "memory")));
        }
        foreach (var owner in Items(root.GetProperty("metadata"), "ownerReferences"))
        {
            if (owner.TryGetProperty("controller", out var c) && c.ValueKind == JsonValueKind.True)
                (ControllerUid, ControllerKind) = (Text(owner, "uid"), Text(owner, "kind"));
        }
        if (!root.TryGetProperty("status", out var status))
            return;
        Phase = Text(status, "phase");
        PodIp = Text(status, "podIP");
        HasStarted = status.TryGetProperty("startTime", out _);
        foreach (var condition in Items(status, "conditions"))
        {
            if (Text(condition, "type") == "Ready")
                (IsReady, ReadySince) = (Text(condition, "status") == "True", Text(condition, "lastTransitionTime"));
            if (Text(condition, "type") == "PodScheduled" && Text(condition, "reason") == "Unschedulable")
                IsUnschedulable = true;
        }
    }

    public WorldObject Object { get; }

    public string Namespace => Object.Namespace;

    public string Name => Object.Name;

    public string NodeName { get; }

    public string SchedulerName { get; }

    public int Priority { get; }

    /// <summary>Requested thousandths of a core.</summary>
    public long CpuMillis { get; }

    /// <summary>Requested bytes.</summary>
    public long MemoryBytes { get; }

    public string ControllerUid { get; } = "";

    public string ControllerKind { get; } = "";

    public string Phase { get; } = "";

    public string PodIp { get; } = "";

    /// <summary>The kubelet has accepted it.</summary>
    public bool HasStarted { get; }

    public bool IsReady { get; }

    /// <summary>When <see cref="IsReady"/> last changed, as written in the condition.</summary>
    public string ReadySince { get; } = "";

    public bool IsUnschedulable { get; }

    /// <summary>All containers have ended for good.</summary>
    public bool IsTerminal => Phase is "Succeeded" or "Failed";

    /// <summary>Counts as a replica.</summary>
    public bool IsActive => !Object.IsDeleting && !IsTerminal;

    /// <summary>Takes room on its node.</summary>
    public bool HoldsNode => NodeName.Length > 0 && !IsTerminal;

    public static PodFacts Of(WorldObject pod)
    {
        using var document = JsonDocument.Parse(pod.Json);
        return new PodFacts(pod, document.RootElement);
    }

    private static string? Request(JsonElement container, string resource) =>
        container.TryGetProperty("resources", out var r) && r.TryGetProperty("requests", out var q) && q.TryGetProperty(resource, out var v)
            ? v.ValueKind == JsonValueKind.String ? v.GetString() : v.GetRawText()
            : null;

    private static string Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.String ? v.GetString()! : "";

    private static IEnumerable<JsonElement> Items(JsonElement node, string name) =>
        node.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.Array ? v.EnumerateArray() : [];
}
