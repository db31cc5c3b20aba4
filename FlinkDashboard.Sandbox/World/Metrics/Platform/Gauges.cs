using System.Globalization;

namespace FlinkDashboard.Sandbox.World.Metrics.Platform;

/// <summary>Series whose values stay the same until something happens: each is a source of its own, so that only what changes is remembered.</summary>
/// <param name="slot">Beginning of their slots.</param>
internal sealed class Gauges(string slot)
{
    private static readonly Dictionary<(string, MetricType), MetricTable<double>> Tables = [];
    private Dictionary<(string Name, LabelSet Labels), double> _there = [];
    private MetricTarget? _target;

    /// <summary>What differs from the last time.</summary>
    /// <param name="target">Who exposes them; null while nobody does.</param>
    /// <param name="at">Since when.</param>
    /// <param name="all">All of them.</param>
    public IEnumerable<(string Slot, MetricSource? Source)> Update(MetricTarget? target, DateTimeOffset at, IEnumerable<(string Name, LabelSet Labels, double Value)> all)
    {
        var isSame = target == _target;
        var there = new Dictionary<(string Name, LabelSet Labels), double>();
        if (target is not null)
        {
            foreach (var (name, labels, value) in all)
            {
                if (!there.TryAdd((name, labels), value) || (isSame && _there.TryGetValue((name, labels), out var old) && old.Equals(value)))
                    continue;
                yield return (Slot(name, labels), new MetricSource(string.Create(CultureInfo.InvariantCulture, $"{value:R} {target.Instance}"), at, () => [Group(target, labels, name, value)]));
            }
        }
        foreach (var (name, labels) in _there.Keys.Where(k => !there.ContainsKey(k)))
            yield return (Slot(name, labels), null);
        (_there, _target) = (there, target);
    }

    private string Slot(string name, LabelSet labels) => $"{slot}/{name}{labels}";

    private static SteadyGroup<double> Group(MetricTarget target, LabelSet labels, string name, double value) => new(target, labels, Table(name, name.EndsWith("_total", StringComparison.Ordinal) ? MetricType.Counter : MetricType.Gauge), value);

    private static MetricTable<double> Table(string name, MetricType type)
    {
        lock (Tables)
            return Tables.TryGetValue((name, type), out var table) ? table : Tables[(name, type)] = new("", new MetricRow<double>(name, v => v) { Type = type });
    }
}
