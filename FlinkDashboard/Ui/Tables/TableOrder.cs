namespace FlinkDashboard.Ui.Tables;

/// <summary>A sort as the address says it: "age" ascending, "-age" descending.</summary>
public readonly record struct TableOrder(string Column, bool Descending)
{
    /// <summary>Reads an address value; the default when it is missing.</summary>
    public static TableOrder Of(string? text, string fallback)
    {
        var value = string.IsNullOrEmpty(text) ? fallback : text;
        return value.StartsWith('-') ? new TableOrder(value[1..], true) : new TableOrder(value, false);
    }

    public override string ToString() => (Descending ? "-" : "") + Column;

    /// <summary>The order a click on a heading asks for.</summary>
    public TableOrder Clicked<TRow>(TableColumn<TRow> column) => Column == column.Id ? this with { Descending = !Descending } : new TableOrder(column.Id, column.Descending);

    /// <summary>Rows in this order, unknown values last, equal ones by <paramref name="tie"/>; unsorted if the column is unknown or not sortable.</summary>
    public IReadOnlyList<TRow> Apply<TRow>(IEnumerable<TRow> rows, IReadOnlyList<TableColumn<TRow>> columns, Func<TRow, string> tie)
    {
        var name = Column;
        if (columns.FirstOrDefault(column => column.Id == name)?.SortBy is not { } key)
            return [.. rows];
        var pairs = rows.Select(row => (Row: row, Key: key(row))).ToArray();
        var sign = Descending ? -1 : 1;
        Array.Sort(pairs, (a, b) =>
        {
            var order = a.Key is null || b.Key is null ? (a.Key is null).CompareTo(b.Key is null) : sign * Compare(a.Key, b.Key);
            return order != 0 ? order : string.CompareOrdinal(tie(a.Row), tie(b.Row));
        });
        return [.. pairs.Select(pair => pair.Row)];
    }

    private static int Compare(IComparable a, IComparable b) => a is string left && b is string right ? string.Compare(left, right, StringComparison.OrdinalIgnoreCase) : a.CompareTo(b);
}
