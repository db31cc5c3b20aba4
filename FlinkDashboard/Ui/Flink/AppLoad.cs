using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Ui.Formats;

namespace FlinkDashboard.Ui.Flink;

/// <summary>
/// What the series say of an application, as its row shows it. Numbers keep three digits: a row is drawn again only when it looks different. Null: not known.
/// </summary>
/// <param name="Throughput">Records per second out of its sources.</param>
/// <param name="ThroughputLine">The last hour, as <see cref="SparkText"/> writes it.</param>
/// <param name="Lag">Records waiting at its sources.</param>
/// <param name="LagLine">The last hour.</param>
/// <param name="Checkpoint">When its newest checkpoint was completed, to ten seconds.</param>
/// <param name="Restarts">Restarts of its jobs in 24 hours.</param>
/// <param name="Reason">Why something is not known.</param>
public sealed record AppLoad(double? Throughput, string ThroughputLine, double? Lag, string LagLine, DateTimeOffset? Checkpoint, int? Restarts, string Reason)
{
    private const string NoSeries = "Prometheus has no such series of this application";

    /// <summary>Nothing is known, for this reason.</summary>
    public static AppLoad Unknown(string reason) => new(null, "", null, "", null, null, reason);

    /// <summary>Reads the numbers of one application, or of several together.</summary>
    /// <param name="at">When they were asked for.</param>
    /// <param name="problem">Why the newest question failed; null when it did not.</param>
    public static AppLoad From(FleetNumber number, DateTimeOffset at, string? problem) => new(
        Short(number.Throughput), Line(number.ThroughputTrend), Short(number.Backlog), Line(number.BacklogTrend),
        number.CheckpointAge is { } age ? Tens(at - age) : null, number.Restarts is { } count ? (int)Math.Clamp(count, 0, int.MaxValue) : null, problem ?? NoSeries);

    /// <summary>The sum of what is known.</summary>
    public static AppLoad Sum(IReadOnlyList<FleetNumber> numbers, DateTimeOffset at, string? problem) => From(
        new(Sum(numbers.Select(n => n.Throughput)), Sum(numbers.Select(n => n.ThroughputTrend)), Sum(numbers.Select(n => n.Backlog)), Sum(numbers.Select(n => n.BacklogTrend)), null, Sum(numbers.Select(n => n.Restarts)), null), at, problem);

    private static double? Sum(IEnumerable<double?> values) => values.Where(v => v is not null).Aggregate((double?)null, (sum, v) => (sum ?? 0) + v);

    // A gap of one application is no gap of all.
    private static IReadOnlyList<double> Sum(IEnumerable<IReadOnlyList<double>> trends)
    {
        var known = trends.Where(t => t.Count > 0).ToArray();
        return known.Length == 0 ? [] : [.. Enumerable.Range(0, known.Max(t => t.Count)).Select(i => known.Where(t => i < t.Count && double.IsFinite(t[i])).Select(t => t[i]).DefaultIfEmpty(double.NaN).Sum())];
    }

    private static string Line(IReadOnlyList<double> trend) => SparkText.Of([.. trend.Select(v => (double?)v)]);

    private static double? Short(double? value)
    {
        if (value is not { } known || !double.IsFinite(known) || known == 0)
            return value is { } zero && zero == 0 ? 0 : null;
        var digits = (int)Math.Floor(Math.Log10(Math.Abs(known))) - 2;
        var unit = Math.Pow(10, digits);
        return digits < -15 ? 0 : Math.Round(known / unit) * unit;
    }

    private static DateTimeOffset Tens(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.FromSeconds(10).Ticks), TimeSpan.Zero);
}
