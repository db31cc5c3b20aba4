using System.Text;

namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>The labels of a time series, the metric's name among them as <c>__name__</c>. Equal when all labels are.</summary>
public sealed class LabelSet : IEquatable<LabelSet>
{
    /// <summary>Label that holds the metric's name.</summary>
    public const string NameLabel = "__name__";

    private readonly string _key;

    private LabelSet(IReadOnlyList<KeyValuePair<string, string>> sorted)
    {
        All = sorted;
        var text = new StringBuilder();
        foreach (var (name, value) in sorted)
            text.Append(name).Append('\u0001').Append(value).Append('\u0002');
        _key = text.ToString();
    }

    /// <summary>No labels.</summary>
    public static LabelSet Empty { get; } = new([]);

    /// <summary>Sorted by name; none is empty.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All { get; }

    /// <summary>Value of a label; empty when it is not there, which means the same.</summary>
    public string this[string name]
    {
        get
        {
            foreach (var (key, value) in All)
            {
                if (key == name)
                    return value;
            }
            return "";
        }
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
    public LabelSet With(LabelSet more) => Of(All.Concat(more.All));

    /// <summary>With one label set; an empty value removes it.</summary>
    public LabelSet With(string name, string value) => Of(All.Append(new(name, value)));

    /// <summary>Only these labels.</summary>
    public LabelSet Keep(IReadOnlyCollection<string> names) => new([.. All.Where(l => names.Contains(l.Key))]);

    /// <summary>Without these labels.</summary>
    public LabelSet Drop(IReadOnlyCollection<string> names) => All.Any(l => names.Contains(l.Key)) ? new([.. All.Where(l => !names.Contains(l.Key))]) : this;

    /// <summary>Without the metric's name.</summary>
    public LabelSet Nameless => Drop([NameLabel]);

    /// <inheritdoc />
    public bool Equals(LabelSet? other) => other is not null && other._key == _key;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc />
    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);

    /// <summary>Order of series in range answers: label by label.</summary>
    public int CompareTo(LabelSet other)
    {
        for (var i = 0; i < Math.Min(All.Count, other.All.Count); i++)
        {
            var order = string.CompareOrdinal(All[i].Key, other.All[i].Key);
            order = order != 0 ? order : string.CompareOrdinal(All[i].Value, other.All[i].Value);
            if (order != 0)
                return order;
        }
        return All.Count.CompareTo(other.All.Count);
    }

    /// <summary>As Prometheus writes it: <c>{a="b"}</c>.</summary>
    public override string ToString()
    {
        var labels = All.Where(l => l.Key != NameLabel).Select(l => $"{l.Key}=\"{l.Value}\"");
        return this[NameLabel] + (All.Count == 1 && this[NameLabel].Length > 0 ? "" : "{" + string.Join(", ", labels) + "}");
    }
}
