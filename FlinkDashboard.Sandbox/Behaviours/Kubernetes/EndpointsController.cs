using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>Plays the endpoints controller: one Endpoints object per Service with a selector, its ready and unready pods.</summary>
internal sealed class EndpointsController(ClusterIndex index) : IBehaviour
{
    private const string TriggerTime = "endpoints.kubernetes.io/last-change-trigger-time";
    private readonly Dictionary<string, Dictionary<string, IReadOnlyDictionary<string, string>>> _selectors = [];
    private SandboxWorld _world = null!;
    private WorkQueue _queue = null!;

    public void Start(SandboxWorld world)
    {
        _world = world;
        _queue = new WorkQueue(world, TimeSpan.FromMilliseconds(8), Look);
        foreach (var service in world.Objects.List(ResourceTypes.Services).Items)
            Learn(service);
        world.OnChange(ResourceTypes.Services, c =>
        {
            if (c.Type == ChangeType.Deleted)
                Forget(c.Object);
            else
                Learn(c.Object);
        });
        world.OnChange(ResourceTypes.Pods, c =>
        {
            if (!_selectors.TryGetValue(c.Object.Namespace, out var services))
                return;
            foreach (var (name, _) in services.Where(s => Selects(s.Value, c.Object.Labels) || (c.Previous is { } old && Selects(s.Value, old.Labels))))
                _queue.Add(c.Object.Namespace, name);
        });
    }

    private void Learn(WorldObject service)
    {
        var selector = service.Read().Map("spec", "selector");
        if (!_selectors.TryGetValue(service.Namespace, out var services))
            _selectors[service.Namespace] = services = [];
        if (selector.Count == 0)
            services.Remove(service.Name);
        else
            services[service.Name] = selector;
        _queue.Add(service.Namespace, service.Name);
    }

    private void Forget(WorldObject service)
    {
        _selectors.GetValueOrDefault(service.Namespace)?.Remove(service.Name);
        if (_world.Objects.Find(ResourceTypes.Endpoints, service.Namespace, service.Name) is not null
            && _world.Objects.Find(ResourceTypes.Services, service.Namespace, service.Name) is null)
            _world.Objects.Delete(ResourceTypes.Endpoints, service.Namespace, service.Name);
    }

    private void Look(string ns, string name)
    {
        if (_world.Objects.Find(ResourceTypes.Services, ns, name) is not { } service || _selectors.GetValueOrDefault(ns)?.GetValueOrDefault(name) is not { } selector)
            return;
        var json = service.Read();
        var pods = index.PodsIn(ns).Where(p => p.IsActive && p.PodIp.Length > 0 && Selects(selector, p.Object.Labels)).OrderBy(p => p.PodIp, StringComparer.Ordinal).ToList();
        var existing = _world.Objects.Find(ResourceTypes.Endpoints, ns, name);
        var subsets = Subsets(json, pods);
        if (existing is null)
        {
            _world.Objects.Create(ResourceTypes.Endpoints, Fill(new JsonObject { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns } }, json, subsets,
                pods.Count == 0 ? json.Text("metadata", "creationTimestamp") : LastChange(pods)));
            return;
        }
        if (JsonNode.DeepEquals(existing.Read()["subsets"], subsets.Count == 0 ? null : subsets))
            return;
        _world.Objects.Update(ResourceTypes.Endpoints, ns, name, e => Fill(e, json, subsets, LastChange(pods)));
    }

    private static JsonObject Fill(JsonObject endpoints, JsonObject service, JsonArray subsets, string? trigger)
    {
        var meta = endpoints["metadata"]!.AsObject();
        var labels = service.At("metadata", "labels")?.DeepClone() as JsonObject ?? [];
        labels["endpoints.kubernetes.io/managed-by"] = "endpoint-controller";
        if (service.Text("spec", "clusterIP") == "None")
            labels["service.kubernetes.io/headless"] = "";
        meta["labels"] = labels;
        meta.Remove("annotations");
        if (trigger is not null)
            meta["annotations"] = new JsonObject { [TriggerTime] = trigger };
        endpoints.Remove("subsets");
        if (subsets.Count > 0)
            endpoints["subsets"] = subsets;
        return endpoints;
    }

    private static JsonArray Subsets(JsonObject service, List<PodFacts> pods)
    {
        var ports = service.Items("spec", "ports").ToList();
        var all = service.Flag("spec", "publishNotReadyAddresses");
        var subsets = new JsonArray();
        foreach (var group in pods.GroupBy(p => string.Join(',', ports.Select(port => TargetPort(port, p)))))
        {
            var subset = new JsonObject();
            var ready = group.Where(p => p.IsReady || all).Select(p => (JsonNode)Address(p)).ToArray();
            var unready = group.Where(p => !p.IsReady && !all).Select(p => (JsonNode)Address(p)).ToArray();
            if (ready.Length > 0)
                subset["addresses"] = new JsonArray(ready);
            if (unready.Length > 0)
                subset["notReadyAddresses"] = new JsonArray(unready);
            if (ports.Count > 0)
                subset["ports"] = new JsonArray([.. ports.Select(port => (JsonNode)Port(port, group.First()))]);
            subsets.Add(subset);
        }
        return subsets;
    }

    private static JsonObject Port(JsonObject port, PodFacts pod)
    {
        var result = new JsonObject();
        if (port.Text("name") is { } name)
            result["name"] = name;
        result["port"] = TargetPort(port, pod);
        result["protocol"] = port.Text("protocol") ?? "TCP";
        return result;
    }

    private static long TargetPort(JsonObject port, PodFacts pod) => port.Text("targetPort") is { } name
        ? pod.Object.Read().Items("spec", "containers").SelectMany(c => c.Items("ports")).FirstOrDefault(p => p.Text("name") == name).Number("containerPort") ?? 0
        : port.Number("targetPort") ?? port.Number("port") ?? 0;

    private static JsonObject Address(PodFacts pod) => new()
    {
        ["ip"] = pod.PodIp,
        ["nodeName"] = pod.NodeName,
        ["targetRef"] = new JsonObject { ["kind"] = "Pod", ["namespace"] = pod.Namespace, ["name"] = pod.Name, ["uid"] = pod.Object.Uid },
    };

    // Only a pod that has become ready is a change whose time is worth telling.
    private static string? LastChange(List<PodFacts> pods) => pods.Where(p => p.IsReady).Select(p => p.ReadySince).Max(StringComparer.Ordinal);

    private static bool Selects(IReadOnlyDictionary<string, string> selector, IReadOnlyDictionary<string, string> labels) =>
        selector.All(s => labels.TryGetValue(s.Key, out var v) && v == s.Value);
}
