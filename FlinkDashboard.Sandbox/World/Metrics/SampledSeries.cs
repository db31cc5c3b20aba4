namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>Samples of a series in order of time.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Times">Milliseconds since 1970.</param>
/// <param name="Values">As many; <see cref="Stale"/> where the series ended.</param>
public sealed record SampledSeries(LabelSet Labels, IReadOnlyList<long> Times, IReadOnlyList<double> Values)
{
    private const long StaleBits = 0x7ff0000000000002;

    /// <summary>The NaN by which Prometheus marks that a series is no longer exposed.</summary>
    public static double Stale { get; } = BitConverter.Int64BitsToDouble(StaleBits);

    /// <summary>True for the marker, false for any other NaN.</summary>
    public static bool IsStale(double value) => BitConverter.DoubleToInt64Bits(value) == StaleBits;
}

/// <summary>What a label must be.</summary>
/// <param name="Label">The label.</param>
/// <param name="Fits">Whether a value fits; empty when the label is not there.</param>
public sealed record LabelCondition(string Label, Func<string, bool> Fits);

/// <summary>Which samples of which series are read.</summary>
/// <param name="Conditions">Which series.</param>
/// <param name="From">Milliseconds since 1970, itself included.</param>
/// <param name="To">As well.</param>
public sealed record SeriesQuery(IReadOnlyList<LabelCondition> Conditions, long From, long To)
{
    /// <summary>Only the newest sample at each of these moments, in order; null for all.</summary>
    public IReadOnlyList<long>? Moments { get; init; }

    /// <summary>Greatest number of samples.</summary>
    public long Limit { get; init; } = long.MaxValue;
}

/// <summary>There are more samples than the query allows.</summary>
public sealed class SampleLimitException() : Exception("too many samples");
