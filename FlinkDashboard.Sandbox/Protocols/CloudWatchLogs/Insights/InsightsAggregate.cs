namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>What <c>stats</c> makes of the records of a group.</summary>
/// <param name="Slot">Field of the group's row that holds it.</param>
/// <param name="Of">Its value; of no records some have none.</param>
internal sealed record InsightsAggregate(string Slot, Func<IReadOnlyList<InsightsRecord>, object?> Of)
{
    /// <summary>All that are known.</summary>
    public static readonly IReadOnlySet<string> Names = new HashSet<string>(
        ["count", "count_distinct", "sum", "avg", "stddev", "min", "max", "earliest", "latest", "sortsfirst", "sortslast", "pct", "percentile", "median"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The aggregate of a name over an expression.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="of">What it is made of; null for <c>count(*)</c>.</param>
    /// <param name="percentile">Of <c>pct</c>.</param>
    public static Func<IReadOnlyList<InsightsRecord>, object?> Find(string name, Func<InsightsRecord, object?>? of, double percentile) => name.ToLowerInvariant() switch
    {
        _ when of is null => g => (double)g.Count,
        "count" => g => (double)g.Count(r => of(r) is not null),
        "count_distinct" => g => (double)g.Select(r => InsightsValues.Text(of(r))).Where(t => t is not null).Distinct().Count(),
        "sum" => g => Numbers(g, of).Sum(),
        "avg" => g => Numbers(g, of) is { Count: > 0 } n ? n.Average() : null,
        "stddev" => g => Numbers(g, of) is { Count: > 0 } n && n.Average() is var mean ? Math.Sqrt(n.Average(x => (x - mean) * (x - mean))) : null,
        "min" => g => Plain(Present(g, of).Min(Order)),
        "max" => g => Plain(Present(g, of).Max(Order)),
        "earliest" => g => Plain(Present(g.Reverse(), of).FirstOrDefault()),
        "latest" => g => Plain(Present(g, of).FirstOrDefault()),
        "sortsfirst" => g => Present(g, of).Select(InsightsValues.Text).Min(StringComparer.Ordinal),
        "sortslast" => g => Present(g, of).Select(InsightsValues.Text).Max(StringComparer.Ordinal),
        "median" => Find("pct", of, 50),
        _ => g => Numbers(g, of) is { Count: > 0 } n ? n.Order().ElementAt((int)Math.Clamp(Math.Ceiling(percentile / 100 * n.Count) - 1, 0, n.Count - 1)) : null,
    };

    private static readonly Comparer<object?> Order = Comparer<object?>.Create(InsightsValues.Compare);

    private static List<double> Numbers(IEnumerable<InsightsRecord> group, Func<InsightsRecord, object?> of) => [.. group.Select(r => InsightsValues.Number(of(r))).OfType<double>()];

    private static IEnumerable<object?> Present(IEnumerable<InsightsRecord> group, Func<InsightsRecord, object?> of) => group.Select(of).Where(v => v is not null);

    // A time that comes out of an aggregate is its milliseconds: fromMillis makes a date of it.
    private static object? Plain(object? value) => value is InsightsTime time ? (double)time.Milliseconds : value;
}
