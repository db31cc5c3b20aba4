namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>Functions of the samples of a span.</summary>
internal static class RangeFunctions
{
    /// <summary>Those that take a range vector and nothing else.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "rate", "increase", "delta", "irate", "idelta", "deriv", "changes", "resets", "avg_over_time", "sum_over_time", "min_over_time", "max_over_time", "count_over_time",
        "last_over_time", "present_over_time", "stddev_over_time", "stdvar_over_time",
    ];

    /// <summary>The value, or null when there are too few samples.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="span">At least one sample.</param>
    /// <param name="from">Beginning of the span, milliseconds.</param>
    /// <param name="to">Its end.</param>
    /// <param name="isVersion2">As Prometheus 2 had it.</param>
    public static double? Of(string name, SampleSpan span, long from, long to, bool isVersion2 = false)
    {
        var times = span.Times.Span;
        var values = span.Values.Span;
        return name switch
        {
            "rate" => Extrapolated(times, values, from, to, isVersion2, counter: true) / ((to - from) / 1000.0),
            "increase" => Extrapolated(times, values, from, to, isVersion2, counter: true),
            "delta" => Extrapolated(times, values, from, to, isVersion2, counter: false),
            "irate" => Last(times, values, rate: true),
            "idelta" => Last(times, values, rate: false),
            "deriv" => values.Length < 2 ? null : Line(times, values, times[0]).Slope,
            "changes" => Count(values, (a, b) => a != b && !(double.IsNaN(a) && double.IsNaN(b))),
            "resets" => Count(values, (a, b) => b < a),
            "avg_over_time" => Sum(values) / values.Length,
            "sum_over_time" => Sum(values),
            "min_over_time" => Extreme(values, (a, b) => b < a),
            "max_over_time" => Extreme(values, (a, b) => b > a),
            "count_over_time" => values.Length,
            "last_over_time" => values[^1],
            "present_over_time" => 1,
            "stdvar_over_time" => Variance(values),
            _ => Math.Sqrt(Variance(values)),
        };
    }

    /// <summary>Least squares through the samples.</summary>
    /// <returns>Slope per second, and the value at <paramref name="at"/>.</returns>
    public static (double Slope, double Value) Line(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long at)
    {
        double x = 0, y = 0, xy = 0, xx = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var seconds = (times[i] - at) / 1000.0;
            x += seconds;
            y += values[i];
            xy += seconds * values[i];
            xx += seconds * seconds;
        }
        var n = values.Length;
        var slope = (xy - (x * y / n)) / (xx - (x * x / n));
        return (slope, (y / n) - (slope * x / n));
    }

    /// <summary>Quantile with interpolation between neighbours, as Prometheus has it for vectors.</summary>
    public static double Quantile(double quantile, IEnumerable<double> values)
    {
        var sorted = values.OrderBy(v => v).ToArray();
        if (sorted.Length == 0 || double.IsNaN(quantile))
            return double.NaN;
        if (quantile is < 0 or > 1)
            return quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        var rank = quantile * (sorted.Length - 1);
        var (lower, upper) = ((int)Math.Floor(rank), Math.Min(sorted.Length - 1, (int)Math.Floor(rank) + 1));
        var weight = rank - Math.Floor(rank);
        return (sorted[lower] * (1 - weight)) + (sorted[upper] * weight);
    }

    // The samples rarely reach the ends of the span: the difference is stretched to them, but not further than half a gap
    // where the series seems to begin or end, and a counter not below zero.
    private static double? Extrapolated(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long from, long to, bool isVersion2, bool counter)
    {
        if (values.Length < 2)
            return null;
        var difference = values[^1] - values[0];
        for (var i = 1; counter && i < values.Length; i++)
            difference += values[i] < values[i - 1] ? values[i - 1] : 0;
        var (before, after, sampled) = ((times[0] - from) / 1000.0, (to - times[^1]) / 1000.0, (times[^1] - times[0]) / 1000.0);
        var gap = sampled / (values.Length - 1);
        var toZero = counter && difference > 0 && values[0] >= 0 ? sampled * (values[0] / difference) : double.PositiveInfinity;
        if (isVersion2)
            before = Math.Min(before, toZero);
        before = Math.Min(before >= gap * 1.1 ? gap / 2 : before, isVersion2 ? double.PositiveInfinity : toZero);
        after = after >= gap * 1.1 ? gap / 2 : after;
        return difference * ((sampled + before + after) / sampled);
    }

    private static double? Last(ReadOnlySpan<long> times, ReadOnlySpan<double> values, bool rate)
    {
        if (values.Length < 2)
            return null;
        var (before, last) = (values[^2], values[^1]);
        var difference = rate && last < before ? last : last - before;
        return rate ? difference / ((times[^1] - times[^2]) / 1000.0) : difference;
    }

    private static double Count(ReadOnlySpan<double> values, Func<double, double, bool> counts)
    {
        var count = 0;
        for (var i = 1; i < values.Length; i++)
            count += counts(values[i - 1], values[i]) ? 1 : 0;
        return count;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum;
    }

    private static double Extreme(ReadOnlySpan<double> values, Func<double, double, bool> better)
    {
        var best = values[0];
        foreach (var value in values)
            best = better(best, value) || double.IsNaN(best) ? value : best;
        return best;
    }

    private static double Variance(ReadOnlySpan<double> values)
    {
        var mean = Sum(values) / values.Length;
        var sum = 0.0;
        foreach (var value in values)
            sum += (value - mean) * (value - mean);
        return sum / values.Length;
    }
}
