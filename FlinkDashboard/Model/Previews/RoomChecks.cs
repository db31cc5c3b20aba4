using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Previews;

/// <summary>Preflight checks about quotas and nodes. The application's own pods make room for the new ones.</summary>
internal static class RoomChecks
{
    /// <summary>One kind of pod that will be made.</summary>
    private sealed record Wave(string Component, int Count, PodResources Each, IReadOnlyDictionary<string, string> Selector);

    public static IEnumerable<PreflightItem> Of(PreviewInput input, JsonObject spec, PreflightRoom room)
    {
        var name = input.Wanted.Name ?? input.Current?.Metadata.Name ?? "";
        var ns = input.Wanted.Namespace ?? input.Current?.Metadata.Namespace ?? "";
        var waves = Waves(spec, EffectiveConfiguration.Of(input, name, spec)).ToList();
        var own = (room.Pods ?? []).Where(p => p.Metadata.Namespace == ns && p.Metadata.Labels["app"] == name && !p.Metadata.IsDeleting).ToList();
        yield return Quota(waves, own, room.Quotas?.Where(q => q.Metadata.Namespace == ns).ToList());
        yield return Fit(waves, own, room);
    }

    private static PreflightItem Quota(List<Wave> waves, List<Pod> own, List<ResourceQuota>? quotas)
    {
        const string name = "Quota";
        if (quotas is null)
            return new(name, PreflightState.Unknown, "Quotas of the namespace were not looked at.");
        if (quotas.Count == 0)
            return new(name, PreflightState.Go, "The namespace has no quota.");
        var need = waves.Aggregate(default(PodResources), (sum, w) => sum + new PodResources(w.Each.Cpu * w.Count, w.Each.Memory * w.Count));
        var given = own.Aggregate(default(PodResources), (sum, p) => sum + PodResources.RequestsOf(p));
        var lines = QuotaReading.Of(quotas);
        foreach (var (resources, wanted, freed) in new (string[] Resources, decimal Wanted, decimal Freed)[]
        {
            (["requests.cpu", "cpu", "limits.cpu"], need.Cpu, given.Cpu),
            (["requests.memory", "memory", "limits.memory"], need.Memory, given.Memory),
            (["pods", "count/pods"], waves.Sum(w => w.Count), own.Count),
        })
        {
            if (QuotaReading.Tightest(lines, resources) is { Hard: { } hard } line && (double)wanted > hard - (line.Used ?? 0) + (double)freed)
                return new(name, PreflightState.NoGo, $"{line.Words}: {Amount(line, (double)wanted)} needed, {Amount(line, Math.Max(0, hard - (line.Used ?? 0) + (double)freed))} free of {Amount(line, hard)} in quota {line.Quota}.");
        }
        return new(name, PreflightState.Go, "The quota has room.");
    }

    private static PreflightItem Fit(List<Wave> waves, List<Pod> own, PreflightRoom room)
    {
        const string name = "Node fit";
        if (room.Nodes is not { } nodes || room.Pods is not { } pods)
            return new(name, PreflightState.Unknown, "Nodes were not looked at.");
        var free = nodes.Where(n => NodeReading.Of(n).IsReady).ToDictionary(n => n, n => Free(n, pods, own));
        var pooled = room.NodePools is { Count: > 0 };
        var later = new List<string>();
        foreach (var wave in waves)
        {
            var able = free.Keys.Where(n => wave.Selector.All(l => n.Metadata.Labels[l.Key] == l.Value)).ToList();
            if (!able.Any(n => Holds(Allocatable(n), wave.Each)) && !pooled)
                return new(name, PreflightState.NoGo, $"No {(wave.Selector.Count == 0 ? "" : "selected ")}node can hold a {wave.Component} of {Words(wave.Each)}.");
            for (var i = 0; i < wave.Count; i++)
            {
                var node = able.Where(n => Holds(free[n], wave.Each)).OrderBy(n => free[n].Memory).FirstOrDefault();
                if (node is null)
                {
                    later.Add($"{wave.Count - i} {wave.Component}");
                    break;
                }
                free[node] = new(free[node].Cpu - wave.Each.Cpu, free[node].Memory - wave.Each.Memory);
            }
        }
        if (later.Count == 0)
            return new(name, PreflightState.Go, "The nodes have room for all pods.");
        return pooled
            ? new(name, PreflightState.Risky, $"The nodes have no room for {string.Join(" and ", later)}; they wait until Karpenter adds nodes.")
            : new(name, PreflightState.NoGo, $"The nodes have no room for {string.Join(" and ", later)}, and no node pool adds any.");
    }

    private static IEnumerable<Wave> Waves(JsonObject spec, DeploymentDraft draft)
    {
        var slots = draft.Number("taskmanager.numberOfTaskSlots") ?? 1;
        var taskManagers = spec.Number("taskManager", "replicas") ?? (spec["job"] is null ? 0 : Math.Ceiling((spec.Number("job", "parallelism") ?? 1) / slots));
        yield return new("JobManager", (int)(spec.Number("jobManager", "replicas") ?? 1), Each(spec, draft, "jobManager"), Selector(spec, "jobManager"));
        yield return new("TaskManager", (int)taskManagers, Each(spec, draft, "taskManager"), Selector(spec, "taskManager"));
    }

    private static PodResources Each(JsonObject spec, DeploymentDraft draft, string component)
    {
        var memory = FlinkMemory.Parse(spec.Text(component, "resource", "memory") ?? draft.Value(component.ToLowerInvariant() + ".memory.process.size")) ?? 0;
        return new((decimal)(spec.Number(component, "resource", "cpu") ?? draft.Number($"kubernetes.{component.ToLowerInvariant()}.cpu.amount", $"kubernetes.{component.ToLowerInvariant()}.cpu") ?? 1), memory);
    }

    private static Dictionary<string, string> Selector(JsonObject spec, string component)
    {
        var all = new Dictionary<string, string>();
        foreach (var node in new[] { spec.At("podTemplate", "spec", "nodeSelector"), spec.At(component, "podTemplate", "spec", "nodeSelector"), spec.At(component, "nodeSelector") })
        {
            foreach (var (key, value) in node as JsonObject ?? [])
                all[key] = JavaText.Of(value);
        }
        return all;
    }

    private static PodResources Allocatable(Node node) => new(Quantity.Of(node.Status.Allocatable, "cpu") ?? 0, Quantity.Of(node.Status.Allocatable, "memory") ?? 0);

    private static PodResources Free(Node node, IReadOnlyCollection<Pod> pods, List<Pod> own)
    {
        var used = pods.Where(p => p.Spec.NodeName == node.Metadata.Name && p.Status.Phase is not ("Succeeded" or "Failed") && !own.Contains(p)).Aggregate(default(PodResources), (sum, p) => sum + PodResources.RequestsOf(p));
        var all = Allocatable(node);
        return new(all.Cpu - used.Cpu, all.Memory - used.Memory);
    }

    private static bool Holds(PodResources room, PodResources pod) => room.Cpu >= pod.Cpu && room.Memory >= pod.Memory;

    private static string Words(PodResources each) => string.Create(CultureInfo.InvariantCulture, $"{each.Cpu:0.##} cores and {each.Memory / 1073741824m:0.##} GiB");

    private static string Amount(QuotaReading line, double value) => line.IsBytes ? string.Create(CultureInfo.InvariantCulture, $"{value / 1073741824:0.##} GiB") : string.Create(CultureInfo.InvariantCulture, $"{value:0.##}");
}
