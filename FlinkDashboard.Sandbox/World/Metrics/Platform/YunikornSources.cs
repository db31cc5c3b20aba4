using System.Globalization;
using FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

namespace FlinkDashboard.Sandbox.World.Metrics.Platform;

/// <summary>Metrics of YuniKorn: a queue for each namespace under the root, filled by the pods that name its scheduler.</summary>
internal sealed class YunikornSources(ClusterView view)
{
    private static readonly double[] Bounds = [0.1, 1, 10, 100, 1_000, 10_000];
    private static readonly double[] Shares = [0.12, 0.71, 0.985, 0.999, 1, 1, 1];

    // It looks for work all the time, whether there is any or not.
    private static readonly MetricTable<double> Latency = new("yunikorn_scheduler_scheduling_latency_milliseconds",
    [
        .. Bounds.Append(double.PositiveInfinity).Select((bound, i) => new MetricRow<double>("_bucket", count => Math.Floor(count * Shares[i]))
        {
            Type = MetricType.Histogram, Family = "", Labels = LabelSet.Of("le", double.IsInfinity(bound) ? "+Inf" : bound.ToString(CultureInfo.InvariantCulture)),
        }),
        new("_sum", count => count * 2.4) { Type = MetricType.Histogram, Family = "" },
        new("_count", count => count) { Type = MetricType.Histogram, Family = "" },
    ]);

    private readonly Gauges _gauges = new("yunikorn");

    /// <summary>All of it as it is now.</summary>
    public IEnumerable<(string Slot, MetricSource? Source)> Flush(DateTimeOffset at)
    {
        var scheduler = view.Serving(Exporter.Yunikorn);
        var target = scheduler is null ? null : Exporters.Target(Exporter.Yunikorn, scheduler);
        foreach (var gauge in _gauges.Update(target, at, Now()))
            yield return gauge;
        var started = scheduler?.Started ?? at;
        yield return ("yunikorn-latency", target is null ? null : new MetricSource(target.Instance, at, () =>
            [new MetricGroup<double>(target, LabelSet.Empty, Latency, t => Math.Floor(Math.Max(0, (t - started).TotalSeconds) * 4))]));
    }

    private IEnumerable<(string, LabelSet, double)> Now()
    {
        var mine = view.Pods.Values.Where(p => p.Scheduler == "yunikorn" && !p.IsOver).ToList();
        var root = new Queue("root", mine, view.Nodes.Values.Sum(n => n.Allocatable.GetValueOrDefault("cpu")), view.Nodes.Values.Sum(n => n.Allocatable.GetValueOrDefault("memory")));
        foreach (var queue in (IEnumerable<Queue>)[root, .. mine.GroupBy(p => p.Namespace).Select(g => new Queue("root." + g.Key, [.. g], 0, 0))])
        {
            foreach (var (state, resource, value) in queue.Amounts)
                yield return ("yunikorn_queue_resource", LabelSet.Of("queue", queue.Name, "state", state, "resource", resource), value);
            foreach (var (state, count) in new[] { ("running", queue.Running), ("new", 0), ("accepted", queue.Waiting), ("completed", 0), ("failed", 0), ("rejected", 0) })
                yield return ("yunikorn_queue_app", LabelSet.Of("queue", queue.Name, "state", state), count);
        }
        yield return ("yunikorn_scheduler_node", LabelSet.Of("state", "active"), view.Nodes.Values.Count(n => n.IsReady));
        yield return ("yunikorn_scheduler_node", LabelSet.Of("state", "failed"), 0);
        yield return ("yunikorn_scheduler_application_total", LabelSet.Of("state", "running"), root.Running);
        yield return ("yunikorn_scheduler_container_allocation_attempt_total", LabelSet.Of("state", "allocated"), mine.Count(p => p.Node.Length > 0));
    }

    private sealed class Queue(string name, IReadOnlyList<PodState> pods, double cores, double bytes)
    {
        private static string App(PodState pod) => pod.Labels.GetValueOrDefault("applicationId") ?? pod.Labels.GetValueOrDefault("app") ?? pod.Name;

        public string Name => name;

        public int Running { get; } = pods.Where(p => p.Node.Length > 0).DistinctBy(App).Count();

        public int Waiting { get; } = pods.GroupBy(App).Count(g => g.All(p => p.Node.Length == 0));

        public IReadOnlyList<(string State, string Resource, double Value)> Amounts { get; } =
        [
            .. Of("allocated", pods.Where(p => p.Node.Length > 0)), .. Of("pending", pods.Where(p => p.Node.Length == 0)),
            .. cores > 0 ? new[] { ("max", "vcore", cores * 1000), ("max", "memory", bytes) } : [],
        ];

        private static IEnumerable<(string, string, double)> Of(string state, IEnumerable<PodState> pods)
        {
            var all = pods.ToList();
            yield return (state, "vcore", Math.Round(all.Sum(p => p.Containers.Sum(c => c.CpuRequest ?? 0)) * 1000));
            yield return (state, "memory", all.Sum(p => p.Containers.Sum(c => c.MemoryRequest ?? 0)));
            yield return (state, "pods", all.Count);
        }
    }
}
