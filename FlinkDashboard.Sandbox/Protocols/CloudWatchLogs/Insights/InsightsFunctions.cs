namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>A function of values.</summary>
/// <param name="Least">Arguments at least.</param>
/// <param name="Most">Arguments at most.</param>
/// <param name="Of">Its value.</param>
internal sealed record InsightsFunction(int Least, int Most, Func<object?[], object?> Of)
{
    private const int Any = 100;

    /// <summary>All that are known but those of time.</summary>
    public static readonly IReadOnlyDictionary<string, InsightsFunction> All = new Dictionary<string, InsightsFunction>(StringComparer.OrdinalIgnoreCase)
    {
        ["ispresent"] = new(1, 1, a => a[0] is not null),
        ["isempty"] = new(1, 1, a => string.IsNullOrEmpty(Text(a[0]))),
        ["isblank"] = new(1, 1, a => string.IsNullOrWhiteSpace(Text(a[0]))),
        ["coalesce"] = new(1, Any, a => a.FirstOrDefault(v => v is not null)),
        ["concat"] = new(1, Any, a => string.Concat(a.Select(Text))),
        ["strlen"] = OfText(t => (double)t.Length),
        ["toupper"] = OfText(t => t.ToUpperInvariant()),
        ["tolower"] = OfText(t => t.ToLowerInvariant()),
        ["trim"] = OfText(t => t.Trim()),
        ["ltrim"] = OfText(t => t.TrimStart()),
        ["rtrim"] = OfText(t => t.TrimEnd()),
        ["strcontains"] = new(2, 2, a => Text(a[0])?.Contains(Text(a[1]) ?? "", StringComparison.Ordinal) == true),
        ["replace"] = new(3, 3, a => Text(a[1]) is { Length: > 0 } old ? Text(a[0])?.Replace(old, Text(a[2]), StringComparison.Ordinal) : Text(a[0])),
        ["substr"] = new(2, 3, Substring),
        ["abs"] = OfNumber(Math.Abs),
        ["ceil"] = OfNumber(Math.Ceiling),
        ["floor"] = OfNumber(Math.Floor),
        ["sqrt"] = OfNumber(Math.Sqrt),
        ["log"] = OfNumber(Math.Log),
        ["greatest"] = new(1, Any, a => a.Max(InsightsValues.Number)),
        ["least"] = new(1, Any, a => a.Min(InsightsValues.Number)),
        ["tomillis"] = new(1, 1, a => InsightsValues.Number(a[0])),
        ["frommillis"] = new(1, 1, a => InsightsValues.Number(a[0]) is { } n ? InsightsTime.Of(n) : null),
    };

    private static InsightsFunction OfText(Func<string, object> of) => new(1, 1, a => Text(a[0]) is { } text ? of(text) : null);

    private static InsightsFunction OfNumber(Func<double, double> of) => new(1, 1, a => InsightsValues.Number(a[0]) is { } number ? of(number) : null);

    private static string? Text(object? value) => InsightsValues.Text(value);

    private static string? Substring(object?[] a)
    {
        if (Text(a[0]) is not { } text)
            return null;
        var start = (int)Math.Clamp(InsightsValues.Number(a[1]) ?? 0, 0, text.Length);
        var length = a.Length > 2 ? InsightsValues.Number(a[2]) ?? 0 : text.Length;
        return text.Substring(start, (int)Math.Clamp(length, 0, text.Length - start));
    }
}

/// <summary>What <c>stats</c> makes of the records of a group.</summary>
internal static class InsightsAggregates
{
    /// <summary>The aggregate of a name over an expression; null when there is none.</summary>
    /// <param name="name">Name.</param>
    /// <param name="of">What it is made of; null for <c>count(*)</c>.</param>
    /// <param name="percentile">Of <c>pct</c>.</param>
    public static Func<IReadOnlyList<InsightsRecord>, object?>? Find(string name, Func<InsightsRecord, object?>? of, double percentile) => name.ToLowerInvariant() switch
    {
        "count" => of is null ? g => (double)g.Count : g => (double)g.Count(r => of(r) is not null),
        _ when of is null => null,
        "count_distinct" => g => (double)g.Select(r => InsightsValues.Text(of(r))).Where(t => t is not null).Distinct().Count(),
        "sum" => g => Numbers(g, of).Sum(),
        "avg" => g => Numbers(g, of) is { Count: > 0 } n ? n.Average() : null,
        "stddev" => g => Numbers(g, of) is { Count: > 0 } n && n.Average() is var mean ? Math.Sqrt(n.Average(x => (x - mean) * (x - mean))) : null,
        "min" => g => Present(g, of).Min(Comparer<object?>.Create(InsightsValues.Compare)),
        "max" => g => Present(g, of).Max(Comparer<object?>.Create(InsightsValues.Compare)),
        "earliest" => g => Present(g.Reverse(), of).FirstOrDefault(),
        "latest" => g => Present(g, of).FirstOrDefault(),
        "pct" or "percentile" => g => Numbers(g, of) is { Count: > 0 } n ? n.Order().ElementAt((int)Math.Clamp(Math.Ceiling(percentile / 100 * n.Count) - 1, 0, n.Count - 1)) : null,
        "median" => Find("pct", of, 50),
        _ => null,
    };

    private static List<double> Numbers(IEnumerable<InsightsRecord> group, Func<InsightsRecord, object?> of) => [.. group.Select(r => InsightsValues.Number(of(r))).OfType<double>()];

    private static IEnumerable<object?> Present(IEnumerable<InsightsRecord> group, Func<InsightsRecord, object?> of) => group.Select(of).Where(v => v is not null);
}
