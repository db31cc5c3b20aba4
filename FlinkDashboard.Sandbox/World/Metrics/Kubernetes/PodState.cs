using System.Globalization;
using System.Text.Json;

namespace FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

/// <summary>A container as far as metrics show it. Resources in cores and bytes, null when not set.</summary>
internal sealed record ContainerState(string Name, string Image)
{
    public double? CpuRequest { get; init; }

    public double? CpuLimit { get; init; }

    public double? MemoryRequest { get; init; }

    public double? MemoryLimit { get; init; }

    public int Restarts { get; init; }

    public bool IsReady { get; init; }

    /// <summary>When it started; null while it does not run.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    public string? WaitingReason { get; init; }

    public string? TerminatedReason { get; init; }

    public string? LastTerminatedReason { get; init; }
}

/// <summary>A pod as far as metrics show it.</summary>
internal sealed class PodState
{
    private PodState(WorldObject pod, JsonElement root)
    {
        (Namespace, Name, Uid, Labels, IsDeleting) = (pod.Namespace, pod.Name, pod.Uid, pod.Labels, pod.IsDeleting);
        var (metadata, spec) = (root.GetProperty("metadata"), root.GetProperty("spec"));
        Created = Json.Time(metadata, "creationTimestamp") ?? DateTimeOffset.UnixEpoch;
        Node = Json.Text(spec, "nodeName");
        Scheduler = Json.Text(spec, "schedulerName");
        foreach (var owner in Json.Items(metadata, "ownerReferences"))
            (OwnerKind, OwnerName) = (Json.Text(owner, "kind"), Json.Text(owner, "name"));
        var status = root.TryGetProperty("status", out var s) ? s : default;
        Phase = Json.Text(status, "phase") is { Length: > 0 } phase ? phase : "Pending";
        (Ip, HostIp, Reason, Started) = (Json.Text(status, "podIP"), Json.Text(status, "hostIP"), Json.Text(status, "reason"), Json.Time(status, "startTime"));
        foreach (var condition in Json.Items(status, "conditions"))
        {
            var (type, isTrue) = (Json.Text(condition, "type"), Json.Text(condition, "status") == "True");
            IsReady |= type == "Ready" && isTrue;
            IsScheduled |= type == "PodScheduled" && isTrue;
            IsUnschedulable |= type == "PodScheduled" && Json.Text(condition, "reason") == "Unschedulable";
        }
        var statuses = Json.Items(status, "containerStatuses").ToDictionary(c => Json.Text(c, "name"));
        Containers = [.. Json.Items(spec, "containers").Select(c => Container(c, statuses.GetValueOrDefault(Json.Text(c, "name"))))];
    }

    public string Namespace { get; }

    public string Name { get; }

    public string Uid { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    public bool IsDeleting { get; }

    public DateTimeOffset Created { get; }

    public DateTimeOffset? Started { get; }

    public string Node { get; }

    public string Scheduler { get; }

    public string OwnerKind { get; } = "";

    public string OwnerName { get; } = "";

    public string Phase { get; }

    public string Reason { get; }

    public string Ip { get; }

    public string HostIp { get; }

    public bool IsReady { get; }

    public bool IsScheduled { get; }

    public bool IsUnschedulable { get; }

    public IReadOnlyList<ContainerState> Containers { get; }

    /// <summary>It has ended for good.</summary>
    public bool IsOver => Phase is "Succeeded" or "Failed";

    /// <summary>All that the series depend on.</summary>
    public string Signature => string.Join('|', Phase, Reason, Ip, Node, IsReady, IsScheduled, IsUnschedulable, Started?.Ticks, string.Join(',', Labels.Select(l => l.Key + l.Value)),
        string.Join(';', Containers.Select(c => $"{c.Name} {c.Image} {c.Restarts} {c.IsReady} {c.RunningSince?.Ticks} {c.WaitingReason} {c.TerminatedReason} {c.LastTerminatedReason} {c.CpuRequest} {c.CpuLimit} {c.MemoryRequest} {c.MemoryLimit}")));

    public static PodState Of(WorldObject pod)
    {
        using var document = JsonDocument.Parse(pod.Json);
        return new PodState(pod, document.RootElement);
    }

    private static ContainerState Container(JsonElement spec, JsonElement status)
    {
        var state = Json.Child(status, "state");
        double? Amount(string kind, string resource) => Json.Amount(Json.Child(Json.Child(spec, "resources"), kind), resource);
        string? Of(JsonElement parent, string name) => Json.Text(Json.Child(parent, name), "reason") is { Length: > 0 } reason ? reason : null;
        return new ContainerState(Json.Text(spec, "name"), Json.Text(spec, "image"))
        {
            CpuRequest = Amount("requests", "cpu"),
            CpuLimit = Amount("limits", "cpu"),
            MemoryRequest = Amount("requests", "memory"),
            MemoryLimit = Amount("limits", "memory"),
            Restarts = status.ValueKind == JsonValueKind.Object && status.TryGetProperty("restartCount", out var r) && r.TryGetInt32(out var restarts) ? restarts : 0,
            IsReady = Json.Flag(status, "ready"),
            RunningSince = Json.Time(Json.Child(state, "running"), "startedAt"),
            WaitingReason = Of(state, "waiting"),
            TerminatedReason = Of(state, "terminated"),
            LastTerminatedReason = Of(Json.Child(status, "lastState"), "terminated"),
        };
    }
}

/// <summary>Reads parts of objects; what is missing is empty.</summary>
internal static class Json
{
    public static JsonElement Child(JsonElement node, string name) => node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var child) ? child : default;

    public static string Text(JsonElement node, string name) => Child(node, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    public static bool Flag(JsonElement node, string name) => Child(node, name).ValueKind == JsonValueKind.True;

    public static int? Number(JsonElement node, string name) => Child(node, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    public static IEnumerable<JsonElement> Items(JsonElement node, string name) => Child(node, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    public static DateTimeOffset? Time(JsonElement node, string name) =>
        DateTimeOffset.TryParse(Text(node, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>A quantity as a number; null when it is not there.</summary>
    public static double? Amount(JsonElement node, string name) => Child(node, name) switch
    {
        { ValueKind: JsonValueKind.String } text => (double?)Quantity.Parse(text.GetString()),
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        _ => null,
    };
}
