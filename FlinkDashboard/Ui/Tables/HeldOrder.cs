namespace FlinkDashboard.Ui.Tables;

/// <summary>Keeps rows where they stand while somebody points at them or has the focus in them; what changed meanwhile moves once they let go.</summary>
public sealed class HeldOrder
{
    private Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private string _sort = "";

    /// <summary>Somebody is at the rows.</summary>
    public bool Held { get; set; }

    /// <summary>The rows to show: in the given order, or, while held, in the order last shown with new rows at the end. Another sort is another order at once.</summary>
    public IReadOnlyList<TRow> Of<TRow>(IReadOnlyList<TRow> rows, Func<TRow, string> key, string sort)
    {
        if (Held && sort == _sort && _places.Count > 0)
        {
            // A stable sort: new rows keep their order among themselves.
            rows = [.. rows.OrderBy(row => _places.TryGetValue(key(row), out var place) ? place : int.MaxValue)];
        }

        _sort = sort;
        var places = new Dictionary<string, int>(rows.Count, StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++)
            places[key(rows[i])] = i;
        _places = places;
        return rows;
    }
}
