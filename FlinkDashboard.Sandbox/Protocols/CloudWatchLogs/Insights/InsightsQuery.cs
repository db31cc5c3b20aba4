namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>A query, ready to be run over any events.</summary>
/// <param name="selection">What passes records on or holds them back, one by one: fields, filter, parse.</param>
/// <param name="rest">What needs to see all of them: stats, sort, limit, dedup, and everything after these.</param>
/// <param name="columns">Fields of a row, in order.</param>
internal sealed class InsightsQuery(IReadOnlyList<Func<IEnumerable<InsightsRecord>, IEnumerable<InsightsRecord>>> selection,
    IReadOnlyList<Func<IEnumerable<InsightsRecord>, IEnumerable<InsightsRecord>>> rest, IReadOnlyList<string> columns)
{
    /// <summary>Runs it.</summary>
    /// <param name="events">Newest first.</param>
    /// <param name="limit">Rows at most.</param>
    /// <returns>Rows of names and values, and how many events passed the filters.</returns>
    /// <exception cref="System.Text.RegularExpressions.RegexMatchTimeoutException">A regular expression takes too long.</exception>
    public (IReadOnlyList<IReadOnlyList<(string Field, string Value)>> Rows, int Matched) Run(IEnumerable<InsightsRecord> events, int limit)
    {
        var matched = selection.Aggregate(events, (records, stage) => stage(records)).ToList();
        var rows = rest.Aggregate((IEnumerable<InsightsRecord>)matched, (records, stage) => stage(records)).Take(limit);
        return ([.. rows.Select(Row)], matched.Count);
    }

    // Each row of an event leads back to it; a row of a group leads nowhere.
    private IReadOnlyList<(string Field, string Value)> Row(InsightsRecord record) =>
        [.. columns.Append("@ptr").Distinct().Select(c => (Field: c, Value: InsightsValues.Text(record[c]))).Where(c => c.Value is not null).Select(c => (c.Field, c.Value!))];
}
