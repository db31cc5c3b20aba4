using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.World;

/// <summary>
/// What metrics-server answers (metrics.k8s.io/v1beta1): the use of containers and nodes as a function of the object and the
/// time, so that nothing is stored and the same question gets the same answer. New values every 15 s; a pod has none in its
/// first 30 s.
/// </summary>
public sealed class UsageMetrics(SandboxWorld world)
{
    private const int Resolution = 15;
    private static readonly TimeSpan FirstSample = TimeSpan.FromSeconds(30);
    private readonly ConditionalWeakTable<WorldObject, Consumer> _consumers = [];

    /// <summary>True for the kinds answered here.</summary>
    public static bool Serves(ResourceType type) => type == ResourceTypes.NodeMetrics || type == ResourceTypes.PodMetrics;

    /// <summary>All metrics of a kind, of one namespace if given.</summary>
    public IReadOnlyList<WorldObject> List(ResourceType type, string? ns = null)
    {
        if (type == ResourceTypes.PodMetrics)
            return [.. world.Objects.List(ResourceTypes.Pods, ns).Items.Select(Pod).OfType<WorldObject>()];
        var byNode = world.Objects.List(ResourceTypes.Pods).Items.Select(ConsumerOf).OfType<Consumer>().ToLookup(c => c.Node);
        return [.. world.Objects.List(ResourceTypes.Nodes).Items.Select(n => Node(n, byNode[n.Name]))];
    }

    /// <summary>The metrics of one object.</summary>
    /// <exception cref="ApiError">404 in metrics-server's words when there are none (yet).</exception>
    public WorldObject Get(ResourceType type, string ns, string name)
    {
        var path = ns.Length > 0 ? $"{ns}/{name}" : name;
        return Find(type, ns, name) ?? throw new ApiError(404, "NotFound", $"{type.Kind.ToLowerInvariant()}.metrics.k8s.io \"{path}\" not found",
            new JsonObject { ["name"] = path, ["group"] = type.Group, ["kind"] = type.Kind.ToLowerInvariant() });
    }

    /// <summary>The metrics of one object; null when there are none (yet).</summary>
    public WorldObject? Find(ResourceType type, string ns, string name)
    {
        if (type == ResourceTypes.PodMetrics)
            return world.Objects.Find(ResourceTypes.Pods, ns, name) is { } pod ? Pod(pod) : null;
        return world.Objects.Find(ResourceTypes.Nodes, "", name) is { } node
            ? Node(node, world.Objects.List(ResourceTypes.Pods).Items.Select(ConsumerOf).OfType<Consumer>().Where(c => c.Node == name))
            : null;
    }

    private WorldObject? Pod(WorldObject pod)
    {
        if (ConsumerOf(pod) is not { } consumer)
            return null;
        var json = Shape(pod, ResourceTypes.PodMetrics);
        json["containers"] = new JsonArray([.. consumer.Containers.Select(c => (JsonNode)new JsonObject
        {
            ["name"] = c.Name,
            ["usage"] = Usage(Cpu(c, pod.Uid), Memory(c, pod.Uid)),
        })]);
        return WorldObject.From(ResourceTypes.PodMetrics, json);
    }

    private WorldObject Node(WorldObject node, IEnumerable<Consumer> pods)
    {
        var all = pods.SelectMany(p => p.Containers.Select(c => (Uid: p.Uid, Container: c))).ToList();
        var json = Shape(node, ResourceTypes.NodeMetrics);
        // The kubelet, the container runtime and the kernel work, too.
        var system = 60_000_000 + (long)(40_000_000 * Wave(node.Uid, "system", 600));
        json["usage"] = Usage(system + all.Sum(c => Cpu(c.Container, c.Uid)), 700_000_000 + all.Sum(c => Memory(c.Container, c.Uid)));
        return WorldObject.From(ResourceTypes.NodeMetrics, json);
    }

    private JsonObject Shape(WorldObject about, ResourceType type)
    {
        var metadata = new JsonObject { ["name"] = about.Name };
        if (about.Namespace.Length > 0)
            metadata["namespace"] = about.Namespace;
        metadata["creationTimestamp"] = ObjectStore.Timestamp(world.Now);
        if (about.Labels.Count > 0)
            metadata["labels"] = new JsonObject(about.Labels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value)));
        return new JsonObject
        {
            ["kind"] = type.Kind,
            ["apiVersion"] = type.ApiVersion,
            ["metadata"] = metadata,
            ["timestamp"] = ObjectStore.Timestamp(DateTimeOffset.FromUnixTimeSeconds(Slot * Resolution)),
            ["window"] = string.Create(CultureInfo.InvariantCulture, $"{14 + (6 * Noise(about.Uid, "window")):0.000}s"),
        };
    }

    private long Slot => world.Now.ToUnixTimeSeconds() / Resolution;

    // Nanocores: a steady share of the request with slow waves and some noise, never above the limit.
    private long Cpu(Container container, string pod)
    {
        var load = 0.25 + (0.35 * Wave(pod, container.Name, 3600)) + (0.15 * Wave(container.Name, pod, 420)) + (0.1 * Noise(pod, container.Name));
        return (long)Math.Min(container.CpuMillis * load * 1e6, container.LimitMillis * 1e6);
    }

    // Bytes: a JVM that was given its memory holds most of it.
    private long Memory(Container container, string pod) => MemoryAt(pod, container.Name, container.MemoryBytes, world.Now);

    /// <summary>Bytes that a container holds at a moment.</summary>
    internal static long MemoryAt(string pod, string container, long request, DateTimeOffset moment)
    {
        var slot = moment.ToUnixTimeSeconds() / Resolution;
        return (long)(request * (0.62 + (0.2 * Wave(slot, pod, container + "memory", 1800)) + (0.02 * (Hash(pod, "memory", slot) % 10_000 / 10_000.0)))) / 4096 * 4096;
    }

    private double Wave(string a, string b, double period) => Wave(Slot, a, b, period);

    private static double Wave(long slot, string a, string b, double period) =>
        0.5 + (0.5 * Math.Sin(((slot * Resolution / period) + Phase(a, b)) * 2 * Math.PI));

    /// <summary>Where in its period a wave begins, 0 to 1.</summary>
    internal static double Phase(string a, string b) => Hash(a, b, 0) % 1000 / 1000.0;

    private double Noise(string a, string b) => Hash(a, b, Slot) % 10_000 / 10_000.0;

    private static uint Hash(string a, string b, long slot)
    {
        var hash = 2166136261u;
        foreach (var c in a)
            hash = (hash ^ c) * 16777619;
        foreach (var c in b)
            hash = (hash ^ c) * 16777619;
        hash = (hash ^ (uint)slot) * 16777619;
        // FNV alone leaves neighbouring slots alike.
        hash ^= hash >> 15;
        hash *= 2246822519;
        return hash ^ (hash >> 13);
    }

    private static JsonObject Usage(long nanocores, long bytes) => new()
    {
        ["cpu"] = nanocores.ToString(CultureInfo.InvariantCulture) + "n",
        ["memory"] = (bytes / 1024).ToString(CultureInfo.InvariantCulture) + "Ki",
    };

    // What a pod's containers may use; null while it has no metrics. Parsed once per version of the pod.
    private Consumer? ConsumerOf(WorldObject pod)
    {
        var consumer = _consumers.GetValue(pod, Parse);
        return consumer.RunningSince is { } since && world.Now - since >= FirstSample ? consumer : null;
    }

    private static Consumer Parse(WorldObject pod)
    {
        var json = pod.Read();
        var started = json.Items("status", "containerStatuses").Select(s => s.Text("state", "running", "startedAt")).OfType<string>().Min(StringComparer.Ordinal);
        var containers = json.Items("spec", "containers").Select(c => new Container(
            c.Text("name") ?? "",
            Quantity.Millis(c.Text("resources", "requests", "cpu")) is > 0 and var cpu ? cpu : 50,
            Quantity.Millis(c.Text("resources", "limits", "cpu")) is > 0 and var limit ? limit : long.MaxValue / 10_000_000,
            Quantity.Bytes(c.Text("resources", "requests", "memory")) is > 0 and var memory ? memory : 96L * 1024 * 1024));
        return new Consumer(pod.Uid, json.Text("spec", "nodeName") ?? "",
            json.Text("status", "phase") == "Running" && DateTimeOffset.TryParse(started, CultureInfo.InvariantCulture, out var since) ? since : null, [.. containers]);
    }

    private sealed record Consumer(string Uid, string Node, DateTimeOffset? RunningSince, IReadOnlyList<Container> Containers);

    private sealed record Container(string Name, long CpuMillis, long LimitMillis, long MemoryBytes);
}
