namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>The command <c>stats EXPRESSION [as NAME], … [by EXPRESSION [as NAME], …]</c>, where the first have aggregates in them.</summary>
internal sealed class InsightsStats
{
    private readonly List<InsightsAggregate> _aggregates = [];
    private readonly List<(string Name, Func<InsightsRecord, object?> Of)> _values = [];
    private readonly List<(string Name, Func<InsightsRecord, object?> Of)> _keys = [];

    private InsightsStats()
    {
    }

    /// <summary>Columns of its rows: what groups, then what is reckoned.</summary>
    public IEnumerable<string> Columns => _keys.Select(k => k.Name).Concat(_values.Select(v => v.Name)).Distinct();

    /// <summary>Reads it, after its name.</summary>
    public static InsightsStats Read(InsightsScanner scanner, InsightsExpressions expressions)
    {
        var stats = new InsightsStats();
        do
        {
            var (start, before) = (scanner.Position, stats._aggregates.Count);
            var of = expressions.ReadAggregates(stats._aggregates);
            if (stats._aggregates.Count == before)
                throw scanner.Error("stats needs an aggregate such as count(*)", start);
            var text = scanner.Between(start, scanner.Position);
            stats._values.Add((scanner.TryWord("as") ? scanner.Name() : text, of));
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
        foreach (var (slot, of) in _aggregates)
            row[slot] = of(group.Records);
        foreach (var (name, of) in _values)
            row[name] = of(row);
        return row;
    }
}
