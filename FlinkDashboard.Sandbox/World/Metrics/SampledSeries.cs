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
