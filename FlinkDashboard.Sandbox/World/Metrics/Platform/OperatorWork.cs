using FlinkDashboard.Sandbox.World.Metrics.Flink;
using FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

namespace FlinkDashboard.Sandbox.World.Metrics.Platform;

/// <summary>What the operator does all the time: passes of its resources each 15 s, requests to the API server, and its JVM.</summary>
internal static class OperatorWork
{
    private const double Pace = 15;
    private const long Heap = 1_073_741_824;

    private static readonly MetricTable<Work> System = new("flink_k8soperator_",
    [
        new("KubeClient.HttpRequest.Count", w => w.Requests),
        new("KubeClient.HttpRequest.NumPerSecond", w => Math.Round(w.RequestsPerSecond, 3)),
        new("KubeClient.HttpRequest.Failed.Count", _ => 0),
        new("KubeClient.HttpResponse.Count", w => w.Requests),
        new("KubeClient.HttpResponse.200.Count", w => w.Requests - w.Created - w.NotFound - w.Conflicts),
        new("KubeClient.HttpResponse.201.Count", w => w.Created),
        new("KubeClient.HttpResponse.404.Count", w => w.NotFound),
        new("KubeClient.HttpResponse.409.Count", w => w.Conflicts),
        .. new[] { (0.5, 3.1e6), (0.75, 4.4e6), (0.95, 9.7e6), (0.98, 1.6e7), (0.99, 2.2e7), (0.999, 6.1e7) }.Select(q => new MetricRow<Work>("KubeClient.HttpResponse.TimeNanos", _ => q.Item2)
        {
            Type = MetricType.Summary, Labels = LabelSet.Of("quantile", q.Item1.ToString(global::System.Globalization.CultureInfo.InvariantCulture)),
        }),
        new("KubeClient.HttpResponse.TimeNanos.count", w => w.Requests) { Type = MetricType.Summary, Family = "KubeClient.HttpResponse.TimeNanos" },
        new("JOSDK.FlinkDeployment.Reconciliation.Count", w => Math.Floor(w.Seconds / Pace * 20)),
        new("JOSDK.FlinkDeployment.Reconciliation.finished.Count", w => Math.Floor(w.Seconds / Pace * 20)),
    ]);

    private static readonly MetricTable<Work> Resource = new("flink_k8soperator_namespace_resource_",
    [
        new("JOSDK.Reconciliation.Count", w => Math.Floor(w.Seconds / Pace)),
        new("JOSDK.Reconciliation.finished.Count", w => Math.Floor(w.Seconds / Pace)),
        new("JOSDK.Reconciliation.failed.Count", _ => 0),
        new("JOSDK.Reconciliation.retries.Count", _ => 0),
    ]);

    private static readonly MetricTable<ProcessMoment> Jvm = ProcessMetrics.JvmOf("flink_k8soperator_");

    /// <summary>All of it as it is now.</summary>
    public static IEnumerable<(string Slot, MetricSource? Source)> Sources(MetricTarget target, LabelSet own, PodState leader, IReadOnlyCollection<FlinkResource> all, DateTimeOffset at)
    {
        var started = leader.Started ?? leader.Created;
        var names = all.Where(r => r.Kind is "FlinkDeployment" or "FlinkSessionJob").Select(r => (r.Kind, r.Namespace, r.Name, From: r.Created > started ? r.Created : started)).ToList();
        yield return ("operator-jvm", new MetricSource(target.Instance, at, () =>
            [new MetricGroup<ProcessMoment>(target, own, Jvm, t => new ProcessMoment((t - started).TotalSeconds, Heap, 268_435_456, 0.12, 5))]));
        yield return ("operator-work", new MetricSource($"{target.Instance} {string.Join(',', names)}", at, () =>
        [
            new MetricGroup<Work>(target, own, System, t => new Work((t - started).TotalSeconds)),
            .. names.Select(n => new MetricGroup<Work>(target, own.With(LabelSet.Of("resourcens", n.Namespace, "resourcetype", n.Kind, "resourcename", n.Name)), Resource,
                t => new Work((t - n.From).TotalSeconds))),
        ]));
    }

    private sealed record Work(double Seconds)
    {
        // A few reads for each pass, and the lease every two seconds; counters do not follow the number of resources, or they would shrink with it.
        public double RequestsPerSecond => 6.5;

        public double Requests => Math.Floor(Math.Max(0, Seconds) * RequestsPerSecond);

        public double Created => Math.Floor(Requests * 0.02);

        public double NotFound => Math.Floor(Requests * 0.004);

        public double Conflicts => Math.Floor(Requests * 0.0007);
    }
}
