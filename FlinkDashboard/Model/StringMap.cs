using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace FlinkDashboard.Model;

/// <summary>
/// A small immutable map of texts (labels, annotations, quantities, configuration) in key order: one array, no hash table, because
/// there are ten thousand of them with a handful of entries each. Equal when their entries are.
/// </summary>
public sealed class StringMap : IReadOnlyDictionary<string, string>, IEquatable<StringMap>
{
    /// <summary>No entries.</summary>
    public static readonly StringMap Empty = new([]);

    private readonly KeyValuePair<string, string>[] _entries;

    private StringMap(KeyValuePair<string, string>[] entries) => _entries = entries;

    /// <summary>A map of these entries; of equal keys the last wins.</summary>
    public static StringMap From(IEnumerable<KeyValuePair<string, string>> entries)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
            sorted[key] = value;
        return sorted.Count == 0 ? Empty : new([.. sorted]);
    }

    /// <inheritdoc />
    public int Count => _entries.Length;

    /// <inheritdoc />
    public IEnumerable<string> Keys => _entries.Select(e => e.Key);

    /// <inheritdoc />
    public IEnumerable<string> Values => _entries.Select(e => e.Value);

    /// <summary>The value, or null when there is none.</summary>
    public string? this[string key] => TryGetValue(key, out var value) ? value : null;

    string IReadOnlyDictionary<string, string>.this[string key] => this[key] ?? throw new KeyNotFoundException(key);

    /// <inheritdoc />
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc />
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        int low = 0, high = _entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(_entries[middle].Key, key);
            if (order == 0)
            {
                value = _entries[middle].Value;
                return true;
            }
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        value = null;
        return false;
    }

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public bool Equals(StringMap? other) => other is not null && _entries.AsSpan().SequenceEqual(other._entries);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as StringMap);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (key, value) in _entries)
        {
            hash.Add(key);
            hash.Add(value);
        }
        return hash.ToHashCode();
    }

    /// <inheritdoc />
    public override string ToString() => string.Join(",", _entries.Select(e => $"{e.Key}={e.Value}"));
}
