using System.Globalization;

namespace FlinkDashboard.Sandbox.World.Metrics.Platform;

/// <summary>Durations that were observed, in seconds, as a histogram and as a summary see them.</summary>
internal sealed class ObservedDurations
{
    private const int Remembered = 100;
    private static readonly double[] Quantiles = [0, 0.5, 0.9, 0.99, 1];
    private static readonly double[] Bounds =
    [
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 40, 50, 60, 90, 120, 180, 240, 300, 450, 600,
    ];

    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private readonly Queue<double> _newest = new();
    private double _sum;
    private long _count;

    /// <summary>A histogram's table.</summary>
    public static MetricTable<Snapshot> Histogram(string name) => new(name,
    [
        .. Bounds.Append(double.PositiveInfinity).Select((bound, i) => new MetricRow<Snapshot>("_bucket", s => s.Cumulative[i])
        {
            Type = MetricType.Histogram, Family = "", Labels = LabelSet.Of("le", double.IsInfinity(bound) ? "+Inf" : bound.ToString(CultureInfo.InvariantCulture)),
        }),
        new("_sum", s => s.Sum) { Type = MetricType.Histogram, Family = "" },
        new("_count", s => s.Count) { Type = MetricType.Histogram, Family = "" },
    ]);

    /// <summary>A summary's table.</summary>
    public static MetricTable<Snapshot> Summary(string name) => new(name,
    [
        .. Quantiles.Select((quantile, i) => new MetricRow<Snapshot>("", s => s.Quantiles[i]) { Type = MetricType.Summary, Labels = LabelSet.Of("quantile", quantile.ToString(CultureInfo.InvariantCulture)) }),
        new("_sum", s => s.Sum) { Type = MetricType.Summary, Family = "" },
        new("_count", s => s.Count) { Type = MetricType.Summary, Family = "" },
    ]);

    /// <summary>Observes one.</summary>
    public void Add(double seconds)
    {
        var at = 0;
        while (at < Bounds.Length && Bounds[at] < seconds)
            at++;
        _buckets[at]++;
        (_sum, _count) = (_sum + seconds, _count + 1);
        _newest.Enqueue(seconds);
        if (_newest.Count > Remembered)
            _newest.Dequeue();
    }

    /// <summary>As it is now.</summary>
    public Snapshot Now()
    {
        var cumulative = new long[_buckets.Length];
        for (var i = 0; i < cumulative.Length; i++)
            cumulative[i] = _buckets[i] + (i > 0 ? cumulative[i - 1] : 0);
        double[] sorted = [.. _newest.Order()];
        return new(cumulative, [.. Quantiles.Select(q => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Round(q * (sorted.Length - 1))])], _sum, _count);
    }

    /// <summary>What was observed up to a moment.</summary>
    public sealed record Snapshot(IReadOnlyList<long> Cumulative, IReadOnlyList<double> Quantiles, double Sum, long Count);
}
