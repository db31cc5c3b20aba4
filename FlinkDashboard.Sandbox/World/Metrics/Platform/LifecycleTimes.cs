using System.Globalization;

namespace FlinkDashboard.Sandbox.World.Metrics.Platform;

/// <summary>How long resources were in a state of their lifecycle, and how long they took from one to another; in seconds, of the newest hundred.</summary>
internal sealed class LifecycleTimes
{
    private const int Remembered = 100;
    private static readonly double[] Quantiles = [0.5, 0.75, 0.95, 0.98, 0.99, 0.999];
    private static readonly Dictionary<string, MetricTable<Snapshot>> Tables = [];
    private readonly Dictionary<(string Namespace, string Kind, string Name), (Queue<double> Newest, long Count)> _all = [];
    private long _changes;

    /// <summary>A resource left a state for another one.</summary>
    public void Add(string ns, string kind, string from, string to, TimeSpan time)
    {
        Observe(ns, kind, $"State_{from}", time);
        if (Transition(from, to) is { } name)
            Observe(ns, kind, $"Transition_{name}", time);
    }

    /// <summary>All as they are now.</summary>
    public MetricSource Source(MetricTarget target, LabelSet own, DateTimeOffset at)
    {
        var all = _all.Select(d => (d.Key, Now: new Snapshot([.. d.Value.Newest.Order()], d.Value.Count))).ToList();
        return new MetricSource($"{_changes} {target.Instance}", at, () => all.Select(d => (MetricGroup)new SteadyGroup<Snapshot>(target,
            own.With(LabelSet.Of("resourcens", d.Key.Namespace, "resourcetype", d.Key.Kind)), Table(d.Key.Name), d.Now)));
    }

    // ResourceLifecycleMetricTracker: by where it ends, as far as two neighbouring states tell.
    private static string? Transition(string from, string to) => (from, to) switch
    {
        ("SUSPENDED", _) => "Resume",
        ("CREATED", _) => "Submission",
        (_, "SUSPENDED") => "Suspend",
        ("DEPLOYED", "STABLE") => "Stabilization",
        ("UPGRADING", "DEPLOYED" or "STABLE") => "Upgrade",
        ("ROLLING_BACK", _) => "Rollback",
        _ => null,
    };

    private void Observe(string ns, string kind, string name, TimeSpan time)
    {
        var (newest, count) = _all.GetValueOrDefault((ns, kind, name), (new Queue<double>(), 0));
        newest.Enqueue(Math.Round(time.TotalSeconds));
        if (newest.Count > Remembered)
            newest.Dequeue();
        _all[(ns, kind, name)] = (newest, count + 1);
        _changes++;
    }

    private static MetricTable<Snapshot> Table(string name)
    {
        lock (Tables)
        {
            if (Tables.TryGetValue(name, out var table))
                return table;
            return Tables[name] = new($"flink_k8soperator_namespace_Lifecycle_{name}_TimeSeconds",
            [
                .. Quantiles.Select(q => new MetricRow<Snapshot>("", s => s.Quantile(q)) { Type = MetricType.Summary, Labels = LabelSet.Of("quantile", q.ToString(CultureInfo.InvariantCulture)) }),
                new("_count", s => s.Count) { Type = MetricType.Summary, Family = "" },
            ]);
        }
    }

    private sealed record Snapshot(double[] Sorted, long Count)
    {
        public double Quantile(double quantile) => Sorted.Length == 0 ? 0 : Sorted[(int)Math.Round(quantile * (Sorted.Length - 1))];
    }
}
