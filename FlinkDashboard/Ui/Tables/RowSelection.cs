namespace FlinkDashboard.Ui.Tables;

/// <summary>A press on a row's tick box.</summary>
/// <param name="Key">The row.</param>
/// <param name="Range">Shift was held: everything from the row ticked last up to this one.</param>
public readonly record struct RowTick(string Key, bool Range);

/// <summary>Which rows of a table are ticked, by key: rows may move, change or be filtered away meanwhile. Immutable.</summary>
public sealed class RowSelection
{
    private readonly HashSet<string> _keys;
    private readonly string? _anchor;

    private RowSelection(HashSet<string> keys, string? anchor) => (_keys, _anchor) = (keys, anchor);

    /// <summary>Nothing ticked.</summary>
    public static RowSelection None { get; } = new([], null);

    /// <summary>How many.</summary>
    public int Count => _keys.Count;

    /// <summary>The keys, in no order.</summary>
    public IReadOnlyCollection<string> Keys => _keys;

    /// <summary>Whether a row is ticked.</summary>
    public bool Has(string key) => _keys.Contains(key);

    /// <summary>With one press more.</summary>
    /// <param name="shown">Keys of the rows shown, in their order, for ranges.</param>
    public RowSelection With(RowTick tick, IReadOnlyList<string> shown)
    {
        var keys = new HashSet<string>(_keys, StringComparer.Ordinal);
        if (tick.Range && _anchor is not null && Between(shown, _anchor, tick.Key) is { Count: > 0 } range)
        {
            // A range takes the state of the row it started from, as lists of files and mails do.
            if (_keys.Contains(_anchor))
                keys.UnionWith(range);
            else
                keys.ExceptWith(range);
            return new(keys, _anchor);
        }

        if (!keys.Remove(tick.Key))
            keys.Add(tick.Key);
        return new(keys, tick.Key);
    }

    /// <summary>All shown rows ticked beside what is ticked already, or, when they all are, none of them.</summary>
    public RowSelection AllOrNone(IReadOnlyList<string> shown)
    {
        var keys = new HashSet<string>(_keys, StringComparer.Ordinal);
        if (shown.All(keys.Contains))
            keys.ExceptWith(shown);
        else
            keys.UnionWith(shown);
        return new(keys, null);
    }

    /// <summary>Without rows that no longer exist.</summary>
    public RowSelection Among(IEnumerable<string> existing)
    {
        if (_keys.Count == 0)
            return this;
        var keys = new HashSet<string>(existing.Where(_keys.Contains), StringComparer.Ordinal);
        return keys.Count == _keys.Count ? this : new(keys, _anchor is not null && keys.Contains(_anchor) ? _anchor : null);
    }

    private static List<string> Between(IReadOnlyList<string> shown, string from, string to)
    {
        var (a, b) = (-1, -1);
        for (var i = 0; i < shown.Count; i++)
        {
            if (shown[i] == from)
                a = i;
            if (shown[i] == to)
                b = i;
        }

        return a < 0 || b < 0 ? [] : [.. shown.Skip(Math.Min(a, b)).Take(Math.Abs(a - b) + 1)];
    }
}
