using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>Quantiles of histograms with buckets (<c>le</c>).</summary>
internal static class Histogram
{
    /// <summary>One value for each histogram.</summary>
    public static IReadOnlyList<Sample> Quantiles(double quantile, IReadOnlyList<Sample> samples) =>
    [
        .. samples.Where(s => TryBound(s.Labels["le"], out _))
            .GroupBy(s => s.Labels.Drop(["le", LabelSet.NameLabel]))
            .Select(g => new Sample(g.Key, Quantile(quantile, [.. g.Select(s => (Bound(s.Labels["le"]), s.Value)).OrderBy(b => b.Item1)]))),
    ];

    // The rank is looked for among the cumulative counts and placed in its bucket as if values lay evenly there.
    private static double Quantile(double quantile, List<(double Bound, double Count)> buckets)
    {
        if (double.IsNaN(quantile) || buckets.Count < 2 || !double.IsPositiveInfinity(buckets[^1].Bound))
            return double.NaN;
        if (quantile is < 0 or > 1)
            return quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        for (var i = 1; i < buckets.Count; i++)
            buckets[i] = buckets[i] with { Count = Math.Max(buckets[i].Count, buckets[i - 1].Count) };
        if (buckets[^1].Count is 0 or double.NaN)
            return double.NaN;
        var rank = quantile * buckets[^1].Count;
        var at = buckets.FindIndex(b => b.Count >= rank);
        if (at == buckets.Count - 1)
            return buckets[^2].Bound;
        if (at == 0 && buckets[0].Bound <= 0)
            return buckets[0].Bound;
        var (start, before) = at > 0 ? buckets[at - 1] : (0, 0);
        return start + ((buckets[at].Bound - start) * ((rank - before) / (buckets[at].Count - before)));
    }

    private static double Bound(string text) => TryBound(text, out var bound) ? bound : double.NaN;

    private static bool TryBound(string text, out double bound)
    {
        bound = double.PositiveInfinity;
        return text.Length > 0 && (text.TrimStart('+') == "Inf" || Lexer.TryNumber(text.TrimStart('-'), out bound) && (bound = text[0] == '-' ? -bound : bound) is var _);
    }
}
