namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>The command <c>stats AGGREGATE [as NAME], … [by EXPRESSION [as NAME], …]</c>.</summary>
internal sealed class InsightsStats
{
    private readonly List<(string Name, Func<IReadOnlyList<InsightsRecord>, object?> Of)> _aggregates = [];
    private readonly List<(string Name, Func<InsightsRecord, object?> Of)> _keys = [];

    private InsightsStats()
    {
    }

    /// <summary>Columns of its rows: what groups, then what is reckoned.</summary>
    public IEnumerable<string> Columns => _keys.Select(k => k.Name).Concat(_aggregates.Select(a => a.Name)).Distinct();

    /// <summary>Reads it, after its name.</summary>
    public static InsightsStats Read(InsightsScanner scanner, InsightsExpressions expressions)
    {
        var stats = new InsightsStats();
        do
        {
            var start = scanner.Position;
            var of = Aggregate(scanner, expressions, start);
            var text = scanner.Between(start, scanner.Position);
            stats._aggregates.Add((scanner.TryWord("as") ? scanner.Name() : text, of));
        }
        while (scanner.TrySymbol(","));
        if (!scanner.TryWord("by"))
            return stats;
        do
        {
            var start = scanner.Position;
            var of = expressions.Read();
            var text = scanner.Between(start, scanner.Position);
            stats._keys.Add((scanner.TryWord("as") ? scanner.Name() : text.Trim('`'), of));
        }
        while (scanner.TrySymbol(","));
        return stats;
    }

    /// <summary>A column that stands here by its own text, such as <c>count(*)</c>.</summary>
    public static Func<InsightsRecord, object?>? TryColumn(InsightsScanner scanner, IEnumerable<string>? columns) =>
        columns?.Where(c => c.EndsWith(')')).FirstOrDefault(scanner.TrySymbol) is { } column ? r => r[column] : null;

    /// <summary>Groups in the order of their first records; without keys one group of all.</summary>
    public IEnumerable<InsightsRecord> Run(IEnumerable<InsightsRecord> records)
    {
        var groups = new Dictionary<string, (object?[] Keys, List<InsightsRecord> Records)>();
        if (_keys.Count == 0)
            groups[""] = ([], []);
        foreach (var record in records)
        {
            var keys = _keys.Select(k => k.Of(record)).ToArray();
            var name = string.Join('\u0001', keys.Select(InsightsValues.Text));
            if (!groups.TryGetValue(name, out var group))
                groups[name] = group = (keys, []);
            group.Records.Add(record);
        }
        return groups.Values.Select(Row);
    }

    private InsightsRecord Row((object?[] Keys, List<InsightsRecord> Records) group)
    {
        var row = new InsightsRecord(null, "");
        for (var i = 0; i < _keys.Count; i++)
            row[_keys[i].Name] = group.Keys[i];
        foreach (var (name, of) in _aggregates)
            row[name] = of(group.Records);
        return row;
    }

    private static Func<IReadOnlyList<InsightsRecord>, object?> Aggregate(InsightsScanner scanner, InsightsExpressions expressions, int start)
    {
        var name = scanner.TryName() ?? throw scanner.Unexpected("an aggregate such as count(*)");
        if (!scanner.TrySymbol("("))
            throw scanner.Unexpected("'('");
        var isAll = scanner.TrySymbol("*") || scanner.IsAt(")");
        var of = isAll ? null : expressions.Read();
        var percentile = scanner.TrySymbol(",") ? scanner.TryNumber() ?? throw scanner.Unexpected("a number") : 50;
        scanner.Symbol(")");
        return InsightsAggregates.Find(name, of, percentile) ?? throw scanner.Error($"the aggregate '{name}' is not known here", start);
    }
}
