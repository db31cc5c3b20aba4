namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>The labels of a time series, the metric's name among them as <c>__name__</c>. Equal when all labels are.</summary>
public sealed class LabelSet : IEquatable<LabelSet>
{
    /// <summary>Label that holds the metric's name.</summary>
    public const string NameLabel = "__name__";

    private readonly KeyValuePair<string, string>[] _all;
    private LabelSet? _nameless;
    private int _hash;

    private LabelSet(KeyValuePair<string, string>[] sorted) => _all = sorted;

    private static readonly string[] Name = [NameLabel];

    /// <summary>No labels.</summary>
    public static LabelSet Empty { get; } = new([]);

    /// <summary>Sorted by name; none is empty.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All => _all;

    /// <summary>Value of a label; empty when it is not there, which means the same.</summary>
    public string this[string name] => Find(name) ?? "";

    /// <summary>Value of a label, or null.</summary>
    public string? Find(string name)
    {
        foreach (var (key, value) in _all)
        {
            if (key == name)
                return value;
        }
        return null;
    }

    /// <summary>Labels from pairs; later ones win, empty values are left out.</summary>
    public static LabelSet Of(params IEnumerable<KeyValuePair<string, string>> labels)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in labels)
            all[name] = value;
        return new([.. all.Where(l => l.Value.Length > 0)]);
    }

    /// <summary>Labels from name and value in turn.</summary>
    public static LabelSet Of(params ReadOnlySpan<string> namesAndValues)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        for (var i = 0; i + 1 < namesAndValues.Length; i += 2)
            pairs.Add(new(namesAndValues[i], namesAndValues[i + 1]));
        return Of(pairs);
    }

    /// <summary>With more labels, which win.</summary>
    public LabelSet With(LabelSet more)
    {
        if (more._all.Length == 0)
            return this;
        if (_all.Length == 0)
            return more;
        var merged = new KeyValuePair<string, string>[_all.Length + more._all.Length];
        var (i, j, count) = (0, 0, 0);
        while (i < _all.Length || j < more._all.Length)
        {
            var order = i == _all.Length ? 1 : j == more._all.Length ? -1 : string.CompareOrdinal(_all[i].Key, more._all[j].Key);
            merged[count++] = order < 0 ? _all[i] : more._all[j];
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return new(count == merged.Length ? merged : merged[..count]);
    }

    /// <summary>With one label set; an empty value removes it.</summary>
    public LabelSet With(string name, string value) => value.Length == 0 ? Drop([name]) : With(new LabelSet([new(name, value)]));

    /// <summary>Only these labels.</summary>
    public LabelSet Keep(IReadOnlyCollection<string> names) => names.Count == 0 ? Empty : new([.. _all.Where(l => names.Contains(l.Key))]);

    /// <summary>Without these labels.</summary>
    public LabelSet Drop(IReadOnlyCollection<string> names)
    {
        foreach (var (name, _) in _all)
        {
            if (names.Contains(name))
                return new([.. _all.Where(l => !names.Contains(l.Key))]);
        }
        return this;
    }

    /// <summary>Without the metric's name.</summary>
    public LabelSet Nameless => _nameless ??= Drop(Name);

    /// <inheritdoc />
    public bool Equals(LabelSet? other) => ReferenceEquals(this, other) || (other is not null && other._all.Length == _all.Length && other.GetHashCode() == GetHashCode() && HasSame(other._all));

    // Comparing pairs as such would box each of them.
    private bool HasSame(KeyValuePair<string, string>[] other)
    {
        for (var i = 0; i < other.Length; i++)
        {
            if (_all[i].Value != other[i].Value || _all[i].Key != other[i].Key)
                return false;
        }
        return true;
    }

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        if (_hash != 0)
            return _hash;
        var hash = new HashCode();
        foreach (var (name, value) in _all)
        {
            hash.Add(name);
            hash.Add(value);
        }
        return _hash = hash.ToHashCode() | 1;
    }

    /// <summary>Order of series in range answers: label by label.</summary>
    public int CompareTo(LabelSet other)
    {
        for (var i = 0; i < Math.Min(_all.Length, other._all.Length); i++)
        {
            var order = string.CompareOrdinal(_all[i].Key, other._all[i].Key);
            order = order != 0 ? order : string.CompareOrdinal(_all[i].Value, other._all[i].Value);
            if (order != 0)
                return order;
        }
        return _all.Length.CompareTo(other._all.Length);
    }

    /// <summary>As Prometheus writes it: <c>{a="b"}</c>.</summary>
    public override string ToString()
    {
        var labels = _all.Where(l => l.Key != NameLabel).Select(l => $"{l.Key}=\"{l.Value}\"");
        return this[NameLabel] + (_all.Length == 1 && this[NameLabel].Length > 0 ? "" : "{" + string.Join(", ", labels) + "}");
    }
}
