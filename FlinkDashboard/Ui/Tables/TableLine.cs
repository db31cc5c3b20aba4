namespace FlinkDashboard.Ui.Tables;

/// <summary>One line of a live table: a row, or the heading of a group.</summary>
/// <param name="Key">Unique within the table, the same for the same object over time.</param>
/// <param name="Number">Place among all lines, from 2: the heading row is 1.</param>
public sealed record TableLine<TRow>(string Key, TRow? Row, string? Group, int GroupCount, int Number)
{
    /// <summary>By key alone: the virtual list tells lines apart by this, and a row that changed is still the same line.</summary>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public bool Equals(TableLine<TRow>? other) =>
        other is not null && Key == other.Key && Number == other.Number && Group == other.Group && GroupCount == other.GroupCount && EqualityComparer<TRow?>.Default.Equals(Row, other.Row);

    /// <summary>Rows as lines, a heading before each group; groups in the order in which their first row stands.</summary>
    public static List<TableLine<TRow>> Of(IReadOnlyList<TRow> rows, Func<TRow, string> key, Func<TRow, string>? group)
    {
        var lines = new List<TableLine<TRow>>(rows.Count + 16);
        if (group is null)
        {
            foreach (var row in rows)
                lines.Add(new TableLine<TRow>(key(row), row, null, 0, lines.Count + 2));
            return lines;
        }

        foreach (var members in rows.GroupBy(group))
        {
            lines.Add(new TableLine<TRow>("group:" + members.Key, default, members.Key, members.Count(), lines.Count + 2));
            foreach (var row in members)
                lines.Add(new TableLine<TRow>(key(row), row, null, 0, lines.Count + 2));
        }

        return lines;
    }
}
